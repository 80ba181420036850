import asyncio
import base64
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from mes_app.errors import NotAllowed, Reason, Rejected, Unreadable
from mes_app.fhir.elements import Json
from mes_app.sync.capabilities import Capabilities
from mes_app.sync.uploads import Uploads
from mes_app.sync.wires import Answer
from tests.sync.pushing import POSTING, PUTTING, TYPES, make_document, opened_desk, put_in_version
from tests.sync.serving import Asked, Say, Scripted, served

TEXT = b"Une ordonnance"
SINGLE = Capabilities(types=TYPES, update_create=TYPES)
REFUSALS = (400, 404, 405, 413, 415, 422, 501)


class Folders(dict[str, Any]):
    """Answers for a path by what it begins with."""

    def get(self, path: str, default: Any = None) -> Any:
        return next((say for start, say in self.items() if path.startswith(start)), default)


def upload(
    folder: Path,
    paths: dict[str, Any],
    capabilities: Capabilities = PUTTING,
    *,
    content: bytes | None = TEXT,
    others: Sequence[Json] = (),
) -> tuple[Answer, str, list[Asked]]:
    async def story(url: str) -> tuple[Answer, str]:
        async with opened_desk(folder, f"{url}/fhir") as desk:
            lid = await desk.create(make_document())
            if content is not None:
                await desk.blobs.save(lid, content)
            (op,) = await desk.ops()
            document = make_document()
            document["content"] += others
            return await Uploads(desk.api, capabilities, desk.blobs).send(op, document), lid

    server = Scripted(Folders(paths))
    with served(server) as url:
        answer, lid = asyncio.run(story(url))
    return answer, lid, server.asked


def answer_transaction(asked: Asked) -> Say:
    entries = json.loads(asked.body)["entry"]
    done = [{"response": {"status": "201 Created", "location": f"{e['request']['url']}/_history/1"}} for e in entries]
    return Say({"resourceType": "Bundle", "type": "transaction-response", "entry": done})


def stored(asked: Asked) -> Say:
    resource = json.loads(asked.body)
    rid = resource.get("id", "s1")
    return Say(put_in_version(resource, rid), 201, {"location": f"{asked.path}/_history/1"})


def test_content_and_document_go_as_one(tmp_path: Path) -> None:
    answer, lid, asked = upload(tmp_path, {"POST /fhir": answer_transaction})
    (sent,) = asked
    binary, document = [entry["resource"] for entry in json.loads(sent.body)["entry"]]
    assert (answer.status, answer.headers["location"]) == (201, f"DocumentReference/{lid}/_history/1")
    assert base64.b64decode(binary["data"]) == TEXT
    assert binary["contentType"] == "text/plain"
    assert binary["securityContext"] == {"reference": "Patient/p1"}
    assert document["content"][0]["attachment"] == {
        "contentType": "text/plain",
        "title": "Ordonnance",
        "url": f"Binary/{binary['id']}",
        "size": len(TEXT),
        "hash": base64.b64encode(hashlib.sha1(TEXT, usedforsecurity=False).digest()).decode(),
    }
    assert [entry["request"]["method"] for entry in json.loads(sent.body)["entry"]] == ["PUT", "PUT"]


@pytest.mark.parametrize("status", REFUSALS)
def test_a_server_that_refuses_transactions_or_their_size_gets_one_after_the_other(tmp_path: Path, status: int) -> None:
    answer, lid, asked = upload(tmp_path, {"POST /fhir": Say(status=status), "PUT /fhir/": stored})
    assert answer.status == 201
    whole, binary, document = asked
    assert (whole.method, binary.path, document.path) == (
        "POST",
        f"/fhir/Binary/{json.loads(binary.body)['id']}",
        f"/fhir/DocumentReference/{lid}",
    )
    assert "if-none-match" not in binary.headers
    assert document.headers["if-none-match"] == "*"
    url = json.loads(document.body)["content"][0]["attachment"]["url"]
    assert f"/fhir/{url}" == binary.path


def test_the_other_contents_of_a_document_go_with_it_however_many(tmp_path: Path) -> None:
    others = [{"attachment": {"title": f"{number}"}} for number in range(150)]
    _, _, (sent,) = upload(tmp_path, {"POST /fhir": answer_transaction}, others=others)
    assert json.loads(sent.body)["entry"][1]["resource"]["content"][1:] == others


def test_a_server_without_transactions_is_not_asked_for_one(tmp_path: Path) -> None:
    _, _, asked = upload(tmp_path, {"PUT /fhir/": stored}, SINGLE)
    assert [one.method for one in asked] == ["PUT", "PUT"]


@pytest.mark.parametrize("located", [True, False])
def test_a_server_that_chooses_ids_says_where_the_content_is(tmp_path: Path, located: bool) -> None:
    told = {"location": "/fhir/Binary/b7/_history/1"} if located else {}
    binary = Say({"resourceType": "Binary", "id": "b7"}, 201, told)
    _, _, asked = upload(tmp_path, {"POST /fhir/Binary": binary, "POST /fhir/Doc": stored}, POSTING)
    assert json.loads(asked[1].body)["content"][0]["attachment"]["url"] == "Binary/b7"
    assert asked[1].headers["if-none-exist"].startswith("identifier=")


def test_an_upload_sent_again_has_the_same_ids(tmp_path: Path) -> None:
    async def story(url: str) -> None:
        async with opened_desk(tmp_path, f"{url}/fhir") as desk:
            await desk.blobs.save(await desk.create(make_document()), TEXT)
            (op,) = await desk.ops()
            for _ in range(2):
                await Uploads(desk.api, PUTTING, desk.blobs).send(op, make_document())

    server = Scripted(Folders({"POST /fhir": answer_transaction}))
    with served(server) as url:
        asyncio.run(story(url))
    assert server.asked[0].body == server.asked[1].body


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [(403, NotAllowed, Reason.FORBIDDEN), (413, Rejected, Reason.TOO_LARGE_TO_SEND)],
)
def test_a_content_that_is_refused_alone_too_ends_the_upload(
    tmp_path: Path, status: int, kind: type[Exception], reason: Reason
) -> None:
    with pytest.raises((NotAllowed, Rejected)) as caught:
        upload(tmp_path, {"POST /fhir": Say(status=413), "PUT /fhir/Binary": Say(status=status)})
    assert type(caught.value) is kind
    assert caught.value.reason is reason


@pytest.mark.parametrize("status", [403, 409, 412, 429, 500, 503])
def test_another_failure_of_the_transaction_is_its_answer(tmp_path: Path, status: int) -> None:
    answer, _, asked = upload(tmp_path, {"POST /fhir": Say(status=status)})
    assert answer.status == status
    assert len(asked) == 1


@pytest.mark.parametrize("body", [{"resourceType": "Bundle"}, {"entry": [{"response": {"status": "?"}}]}, "<html>"])
def test_an_answer_that_is_none_leaves_the_outcome_open(tmp_path: Path, body: Any) -> None:
    with pytest.raises(Unreadable) as caught:
        upload(tmp_path, {"POST /fhir": Say(body)})
    assert caught.value.reason is Reason.NOT_FHIR


def test_a_document_without_its_content_is_not_sent(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        upload(tmp_path, {"POST /fhir": answer_transaction}, content=None)
    assert caught.value.reason is Reason.NO_CONTENT


def point_to(**where: str) -> dict[str, Any]:
    return make_document() | {"content": [{"attachment": where}]}


@pytest.mark.parametrize(
    ("resource", "alone", "with_content"),
    [
        (make_document(), True, True),
        (point_to(url="Binary/1"), False, True),
        (point_to(data="QQ=="), False, False),
        (make_document() | {"resourceType": "Observation"}, False, False),
    ],
    ids=["nowhere", "elsewhere", "inside", "no document"],
)
def test_a_content_goes_with_its_document_unless_it_is_inside_or_elsewhere_only(
    tmp_path: Path, resource: dict[str, Any], alone: bool, with_content: bool
) -> None:
    async def story() -> None:
        async with opened_desk(tmp_path, "http://127.0.0.1/fhir") as desk:
            lid = await desk.create(make_document())
            (op,) = await desk.ops()
            uploads = Uploads(desk.api, PUTTING, desk.blobs)
            assert await uploads.takes(op, resource) is alone
            await desk.blobs.save(lid, TEXT)
            assert await uploads.takes(op, resource) is with_content

    asyncio.run(story())


def test_a_document_created_anew_out_of_the_vault_points_to_its_new_content(tmp_path: Path) -> None:
    server = Scripted(Folders({"POST /fhir": answer_transaction}))

    async def story(url: str) -> None:
        async with opened_desk(tmp_path, f"{url}/fhir") as desk:
            await desk.blobs.save(await desk.create(point_to(url="Binary/gone")), TEXT)
            (op,) = await desk.ops()
            await Uploads(desk.api, PUTTING, desk.blobs).send(op, point_to(url="Binary/gone"))

    with served(server) as url:
        asyncio.run(story(url))
    binary, document = (entry["resource"] for entry in json.loads(server.asked[0].body)["entry"])
    assert document["content"][0]["attachment"]["url"] == f"Binary/{binary['id']}"
