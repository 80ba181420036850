import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mes_app.errors import NotAllowed, Reason, Rejected
from mes_app.store.ops import Op
from mes_app.sync.api import FhirApi
from mes_app.sync.changes import Changes
from mes_app.sync.credentials import Fixed
from mes_app.sync.guards import Guards
from mes_app.sync.networks import Network
from mes_app.sync.receipts import Receipt
from tests.sync.pushing import make_document, make_measure, put_in_version
from tests.sync.serving import Asked, Say, Scripted, served
from tests.sync.vaults import opened_vault

BASE = put_in_version(make_measure(), "s1", "4")
MINE = BASE | {"valueQuantity": {"value": 71, "unit": "kg"}}
THERE = "/fhir/Observation/s1"
NOW, NEXT = Say(BASE), Say(put_in_version(MINE, "s1", "5"))
ELSE = Say(put_in_version(make_measure(90), "s1", "5"))
GONE = Say(status=410)


def make_op(op: str = "U", base: dict[str, Any] = BASE) -> Op:
    body = json.dumps(MINE).encode() if op == "U" else None
    version = base.get("meta", {}).get("versionId", "made here")
    base_body = json.dumps(base).encode()
    return Op(
        op_id="01a2", lid="l1", profile="me", op=op, type="Observation", rid="s1", base_ver=version,
        base_body=base_body, body=body,
    )  # fmt: skip


def send(
    folder: Path, paths: dict[str, Any], op: Op, *, again: bool = False, learned: str = ""
) -> tuple[Receipt, list[Asked], list[str]]:
    async def story(url: str) -> tuple[Receipt, list[str]]:
        async with opened_vault(folder) as (database, _), FhirApi(f"{url}/fhir", Fixed(), Network()) as api:
            guards = Guards(database, f"{url}/fhir")
            if learned:
                await guards.learn(learned)
            changes = Changes(api, guards)
            receipt = await (changes.update if op.op == "U" else changes.remove)(op, again=again)
            return receipt, [method for method in ("PUT", "DELETE") if await guards.holds(method)]

    server = Scripted({f"{method} {THERE}": say for method, say in paths.items()})
    with served(server) as url:
        receipt, known = asyncio.run(story(url))
    return receipt, server.asked, known


def version(receipt: Receipt) -> str:
    assert receipt.theirs is not None
    return receipt.theirs.version


def test_until_the_server_was_seen_to_guard_versions_it_is_read_first(tmp_path: Path) -> None:
    receipt, asked, known = send(tmp_path, {"GET": NOW, "PUT": NEXT}, make_op())
    assert (receipt.done, version(receipt)) == (True, "5")
    assert [one.method for one in asked] == ["GET", "PUT"]
    assert asked[1].headers["if-match"] == 'W/"4"'
    assert known == []


def test_a_server_that_guards_versions_is_not_read_first(tmp_path: Path) -> None:
    receipt, asked, _ = send(tmp_path, {"PUT": NEXT}, make_op(), learned="PUT")
    assert receipt.done
    assert [one.method for one in asked] == ["PUT"]
    receipt, asked, _ = send(tmp_path, {"DELETE": Say(status=204)}, make_op("D"), learned="DELETE")
    assert receipt == Receipt(None, done=True)
    assert asked[0].headers["if-match"] == 'W/"4"'


@pytest.mark.parametrize("status", [409, 412])
@pytest.mark.parametrize(("method", "op"), [("PUT", "U"), ("DELETE", "D")])
def test_a_refusal_for_another_version_teaches_the_guard_and_brings_that_version(
    tmp_path: Path, method: str, op: str, status: int
) -> None:
    receipt, asked, known = send(tmp_path, {"GET": [NOW, ELSE], method: Say(status=status)}, make_op(op))
    assert (receipt.done, version(receipt)) == (False, "5")
    assert known == [method]
    assert [one.method for one in asked] == ["GET", method, "GET"]


def test_another_version_seen_beforehand_is_never_written_over(tmp_path: Path) -> None:
    for op in ("U", "D"):
        receipt, asked, known = send(tmp_path, {"GET": ELSE}, make_op(op))
        assert (receipt.done, version(receipt)) == (False, "5")
        assert [one.method for one in asked] == ["GET"]
        assert known == []


def test_a_change_whose_answer_was_lost_is_recognised(tmp_path: Path) -> None:
    altered = put_in_version(MINE | {"text": {"status": "generated", "div": "<div/>"}}, "s1", "5")
    receipt, asked, _ = send(tmp_path, {"GET": Say(altered)}, make_op(), again=True, learned="PUT")
    assert (receipt.done, version(receipt)) == (True, "5")
    assert [one.method for one in asked] == ["GET"]


def test_a_change_that_was_lost_itself_is_sent_again(tmp_path: Path) -> None:
    receipt, asked, _ = send(tmp_path, {"GET": NOW, "PUT": NEXT}, make_op(), again=True, learned="PUT")
    assert receipt.done
    assert [one.method for one in asked] == ["GET", "PUT"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_record_that_is_gone_is_deleted_already_and_cannot_be_changed(tmp_path: Path, status: int) -> None:
    gone = {"GET": Say(status=status), "PUT": Say(status=status), "DELETE": Say(status=status)}
    for learned in ("", "PUT"):
        assert send(tmp_path, gone, make_op(), learned=learned)[0] == Receipt(None, done=False)
    for learned in ("", "DELETE"):
        assert send(tmp_path, gone, make_op("D"), learned=learned)[0] == Receipt(None, done=True)


def test_a_record_gone_between_looking_and_changing_is_gone(tmp_path: Path) -> None:
    receipt, _, _ = send(tmp_path, {"GET": [NOW, GONE], "PUT": GONE}, make_op())
    assert receipt == Receipt(None, done=False)


def test_a_deletion_refused_though_nothing_changed_says_that_others_need_the_record(tmp_path: Path) -> None:
    with pytest.raises(NotAllowed) as caught:
        send(tmp_path, {"GET": NOW, "DELETE": Say(status=409)}, make_op("D"))
    assert caught.value.reason is Reason.STILL_NEEDED
    assert caught.value.facts["status"] == 409


def test_a_change_refused_though_nothing_changed_is_refused_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(Rejected) as caught:
        send(tmp_path, {"GET": NOW, "PUT": Say(status=409)}, make_op())
    assert caught.value.reason is Reason.NOT_ACCEPTED


def test_a_version_that_only_we_named_is_no_condition(tmp_path: Path) -> None:
    bare = make_measure() | {"id": "s1", "meta": {"lastUpdated": "2026-11-20T10:00:00Z"}}
    op = make_op(base=bare)
    op = Op(**{name: getattr(op, name) for name in op.__slots__} | {"base_ver": "2026-11-20T10:00:00Z"})
    _, asked, _ = send(tmp_path, {"GET": Say(bare), "PUT": NEXT}, op)
    assert [one.method for one in asked] == ["GET", "PUT"]
    assert "if-match" not in asked[1].headers


def test_what_is_sent_bears_the_id_of_the_server_and_no_version(tmp_path: Path) -> None:
    _, asked, _ = send(tmp_path, {"PUT": NEXT}, make_op(), learned="PUT")
    sent = json.loads(asked[0].body)
    assert sent["id"] == "s1"
    assert "meta" not in sent  # FHIR allows no empty object
    assert sent["valueQuantity"] == MINE["valueQuantity"]


def test_the_content_of_a_removed_document_goes_after_it_even_when_that_is_only_found_out_later(tmp_path: Path) -> None:
    document = put_in_version(make_document(), "d1") | {"content": [{"attachment": {"url": "Binary/b1"}}]}
    op = replace(make_op("D", document), type="DocumentReference", rid="d1")
    here = "/fhir/DocumentReference/d1"
    for before, again in ((Say(document), False), (Say(status=410), True)):
        server = Scripted(
            {f"GET {here}": before, f"DELETE {here}": Say(status=204), "/fhir/Binary/b1": Say(status=204)}
        )
        with served(server) as url:
            assert asyncio.run(_remove(tmp_path, url, op, again=again)).done
        assert (server.asked[-1].method, server.asked[-1].path) == ("DELETE", "/fhir/Binary/b1")


def test_the_content_of_a_document_that_stays_stays(tmp_path: Path) -> None:
    document = put_in_version(make_document(), "d1", "5") | {"content": [{"attachment": {"url": "Binary/b1"}}]}
    op = replace(make_op("D", document), type="DocumentReference", rid="d1", base_ver="4")
    server = Scripted({"GET /fhir/DocumentReference/d1": Say(document)})
    with served(server) as url:
        assert not asyncio.run(_remove(tmp_path, url, op, again=False)).done
    assert [asked.method for asked in server.asked] == ["GET"]


async def _remove(folder: Path, url: str, op: Op, *, again: bool) -> Receipt:
    async with opened_vault(folder) as (database, _), FhirApi(f"{url}/fhir", Fixed(), Network()) as api:
        return await Changes(api, Guards(database, f"{url}/fhir")).remove(op, again=again)
