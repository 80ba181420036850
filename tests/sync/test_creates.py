import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mes_app.errors import MesError, NotAllowed, Reason, Rejected, Unreadable
from mes_app.store.ops import Op
from mes_app.sync.api import FhirApi
from mes_app.sync.capabilities import Capabilities
from mes_app.sync.creates import LATE, Creates
from mes_app.sync.credentials import Fixed
from mes_app.sync.networks import Network
from mes_app.sync.postings import SYSTEM
from mes_app.sync.receipts import Receipt
from mes_app.sync.uploads import Uploads
from tests.sync.pushing import BARE, POSTING, PUTTING, make_measure, put_in_version
from tests.sync.serving import Asked, Say, Scripted, make_bundle, served
from tests.sync.vaults import opened_vault

OP = Op(
    op_id="01a2", lid="l1", profile="me", op="C", type="Observation", rid=None, body=json.dumps(make_measure()).encode()
)
OURS = make_measure(identifier=[{"system": SYSTEM, "value": "urn:uuid:01a2"}])
MINE = Say(put_in_version(make_measure(), "l1"), 201)
THEIRS = Say(put_in_version(OURS, "s1"), 201)
FOUND = Say(make_bundle(put_in_version(OURS, "s1"), total=1))
NONE = Say(make_bundle(total=0))
HERE, TYPE = "/fhir/Observation/l1", "/fhir/Observation"


def create(
    folder: Path, paths: dict[str, Any], capabilities: Capabilities, *, again: bool = False, op: Op = OP
) -> tuple[Receipt, list[Asked]]:
    async def story(url: str) -> Receipt:
        async with opened_vault(folder) as (_, blobs), FhirApi(f"{url}/fhir", Fixed(), Network()) as api:
            return await Creates(api, capabilities, Uploads(api, capabilities, blobs)).send(op, again=again)

    server = Scripted(paths)
    with served(server) as url:
        return asyncio.run(story(url)), server.asked


def rid(receipt: Receipt) -> str:
    assert receipt.done
    assert receipt.theirs is not None
    return receipt.theirs.id


def test_a_record_is_put_under_our_id_only_where_nothing_is(tmp_path: Path) -> None:
    receipt, asked = create(tmp_path, {f"PUT {HERE}": MINE}, PUTTING)
    assert rid(receipt) == "l1"
    assert [(one.method, one.headers["if-none-match"], one.headers["prefer"]) for one in asked] == [
        ("PUT", "*", "return=representation")
    ]


def test_a_record_is_posted_once_for_its_identifier(tmp_path: Path) -> None:
    receipt, asked = create(tmp_path, {f"POST {TYPE}": THEIRS}, POSTING)
    assert rid(receipt) == "s1"
    assert [(one.method, one.headers["if-none-exist"]) for one in asked] == [
        ("POST", f"identifier={SYSTEM}|urn:uuid:01a2")
    ]


def test_without_any_promise_a_record_is_looked_for_before_it_is_posted(tmp_path: Path) -> None:
    receipt, asked = create(tmp_path, {f"GET {TYPE}": NONE, f"POST {TYPE}": THEIRS}, BARE)
    assert rid(receipt) == "s1"
    assert [one.method for one in asked] == ["GET", "POST"]
    assert asked[0].query == {"identifier": f"{SYSTEM}|urn:uuid:01a2"}
    receipt, asked = create(tmp_path, {f"GET {TYPE}": FOUND}, BARE)
    assert rid(receipt) == "s1"
    assert [one.method for one in asked] == ["GET"]


@pytest.mark.parametrize(
    ("capabilities", "paths"),
    [(PUTTING, {f"GET {HERE}": MINE}), (POSTING, {f"GET {TYPE}": FOUND}), (BARE, {f"GET {TYPE}": FOUND})],
)
def test_what_an_earlier_attempt_created_is_not_sent_again(
    tmp_path: Path, capabilities: Capabilities, paths: dict[str, Any]
) -> None:
    receipt, asked = create(tmp_path, paths, capabilities, again=True)
    assert rid(receipt) in ("l1", "s1")
    assert [one.method for one in asked] == ["GET"]


@pytest.mark.parametrize(
    ("capabilities", "paths"),
    [(PUTTING, {f"PUT {HERE}": MINE}), (POSTING, {f"GET {TYPE}": NONE, f"POST {TYPE}": THEIRS})],
)
def test_what_no_earlier_attempt_created_is_sent(
    tmp_path: Path, capabilities: Capabilities, paths: dict[str, Any]
) -> None:
    receipt, asked = create(tmp_path, paths, capabilities, again=True)
    assert rid(receipt) in ("l1", "s1")
    assert len(asked) == 2


def test_what_was_created_and_removed_there_since_does_not_rise_again(tmp_path: Path) -> None:
    receipt, asked = create(tmp_path, {f"GET {HERE}": Say(status=410)}, PUTTING, again=True)
    assert receipt == Receipt(None, done=False)
    assert [one.method for one in asked] == ["GET"]


@pytest.mark.parametrize("status", [409, 412])
def test_what_is_there_already_is_ours(tmp_path: Path, status: int) -> None:
    """A vault restored from a backup does not know what it sent afterwards."""
    receipt, _ = create(tmp_path, {f"PUT {HERE}": Say(status=status), f"GET {HERE}": MINE}, PUTTING)
    assert rid(receipt) == "l1"
    receipt, _ = create(tmp_path, {f"POST {TYPE}": Say(status=status), f"GET {TYPE}": FOUND}, POSTING)
    assert rid(receipt) == "s1"


@pytest.mark.parametrize("attempts", [0, LATE - 1])
def test_what_is_there_and_not_shown_yet_is_asked_for_again(tmp_path: Path, attempts: int) -> None:
    hidden = {f"PUT {HERE}": Say(b"", 412), f"GET {HERE}": Say(b"", 404)}
    with pytest.raises(Unreadable):
        create(tmp_path, hidden, PUTTING, again=True, op=replace(OP, attempts=attempts))


def test_what_is_there_and_stays_hidden_is_told_to_its_user(tmp_path: Path) -> None:
    hidden = {f"PUT {HERE}": Say(b"", 412), f"GET {HERE}": Say(b"", 404)}
    with pytest.raises(NotAllowed) as caught:
        create(tmp_path, hidden, PUTTING, again=True, op=replace(OP, attempts=LATE))
    assert (caught.value.reason, caught.value.facts["status"]) == (Reason.FORBIDDEN, 412)


def test_a_server_that_searches_for_something_else_is_not_believed(tmp_path: Path) -> None:
    other = put_in_version(make_measure(60), "s9")
    paths = {f"GET {TYPE}": Say(make_bundle(other, total=1)), f"POST {TYPE}": THEIRS}
    assert rid(create(tmp_path, paths, BARE)[0]) == "s1"
    with pytest.raises(Rejected):
        create(tmp_path, {f"POST {TYPE}": Say(other)}, POSTING)


def test_the_record_that_a_server_says_it_had_already_is_kept(tmp_path: Path) -> None:
    had = Say(put_in_version(OURS, "s1"), 200)
    assert rid(create(tmp_path, {f"POST {TYPE}": had}, POSTING)[0]) == "s1"


def test_the_identifier_of_a_change_is_found_after_many_others(tmp_path: Path) -> None:
    many = [*({"value": f"mine-{number}"} for number in range(150)), *OURS["identifier"]]
    had = Say(put_in_version(OURS | {"identifier": many}, "s1"), 200)
    assert rid(create(tmp_path, {f"POST {TYPE}": had}, POSTING)[0]) == "s1"


def test_an_answer_without_the_record_is_followed_to_where_it_is(tmp_path: Path) -> None:
    created = Say(status=201, headers={"location": "/fhir/Observation/s1/_history/1"})
    receipt, _ = create(tmp_path, {f"POST {TYPE}": created, f"{TYPE}/s1": THEIRS}, POSTING)
    assert rid(receipt) == "s1"
    receipt, _ = create(tmp_path, {f"PUT {HERE}": Say(status=201), f"GET {HERE}": MINE}, PUTTING)
    assert rid(receipt) == "l1"


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        (400, Rejected, Reason.NOT_ACCEPTED),
        (403, NotAllowed, Reason.FORBIDDEN),
        (404, NotAllowed, Reason.NOT_OFFERED),
        (405, NotAllowed, Reason.NOT_OFFERED),
        (409, Rejected, Reason.NOT_ACCEPTED),
        (412, Unreadable, Reason.SERVER_FAULT),
        (413, Rejected, Reason.TOO_LARGE_TO_SEND),
        (422, Rejected, Reason.NOT_ACCEPTED),
        (500, Unreadable, Reason.SERVER_FAULT),
    ],
)
def test_a_refusal_has_its_error(tmp_path: Path, status: int, kind: type[MesError], reason: Reason) -> None:
    for capabilities, paths in (
        (PUTTING, {f"PUT {HERE}": Say(status=status)}),
        (POSTING, {f"POST {TYPE}": Say(status=status), f"GET {TYPE}": NONE}),
    ):
        with pytest.raises(kind) as caught:
            create(tmp_path, paths, capabilities)
        assert caught.value.reason is reason
