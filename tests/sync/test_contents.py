import asyncio
import base64
import hashlib
from pathlib import Path
from typing import Any

import pytest

from mes_app.domain.record import ContentState
from mes_app.domain.sync_status import Idle, Stopped
from mes_app.errors import MesError, Reason
from mes_app.store.blobs import Blobs
from mes_app.store.database import Connection
from tests.sync.serving import Asked, Say, Scripted, connect, make_bundle, make_plain_server, served
from tests.sync.vaults import opened_syncing

WORDS = b"Compte rendu"
BINARY = "/fhir/Binary/b"
LIMIT = 100_000


def make_document(**attachment: Any) -> dict[str, Any]:
    return {
        "resourceType": "DocumentReference",
        "id": "d",
        "status": "current",
        "subject": {"reference": "Patient/p1"},
        "content": [{"attachment": {"contentType": "text/plain"} | attachment}],
    }


def make_binary(data: bytes) -> Say:
    return Say(
        {"resourceType": "Binary", "id": "b", "contentType": "text/plain", "data": base64.b64encode(data).decode()}
    )


def read_content(con: Connection) -> tuple[str, str]:
    lid, state = con.execute("SELECT lid, content FROM res WHERE type = 'DocumentReference'").fetchone()
    return lid, state


def sync(folder: Path, server: Scripted, document: dict[str, Any]) -> tuple[ContentState, bytes | None, Idle | Stopped]:
    """Sync one document: where its content then is, its bytes if it is here, how the run ended."""
    server.paths["/fhir/DocumentReference"] = Say(make_bundle(document, total=1))

    async def story(url: str) -> tuple[ContentState, bytes | None, Idle | Stopped]:
        async with opened_syncing(folder, limit=LIMIT) as (syncing, database):
            await connect(syncing, url)
            end = await syncing.run()
            assert isinstance(end, Idle | Stopped)
            lid, state = await database.read(read_content)
            here = await Blobs(folder / "blobs", database).read(lid) if state == ContentState.STORED else None
            return ContentState(state), here, end

    with served(server) as url:
        return asyncio.run(story(url))


@pytest.fixture
def server() -> Scripted:
    return make_plain_server("DocumentReference")


@pytest.mark.parametrize("content_type", ["application/fhir+json", "application/json; charset=utf-8"])
def test_a_binary_resource_is_opened(tmp_path: Path, server: Scripted, content_type: str) -> None:
    server.paths[BINARY] = make_binary(WORDS)
    server.paths[BINARY].content_type = content_type  # type: ignore[union-attr]
    assert sync(tmp_path, server, make_document(url="Binary/b"))[:2] == (ContentState.STORED, WORDS)


def test_a_content_handed_out_raw_is_taken_as_it_is(tmp_path: Path, server: Scripted) -> None:
    server.paths["/files/1.pdf"] = Say(b"%PDF-1.7", content_type="application/pdf")
    assert sync(tmp_path, server, make_document(url="/files/1.pdf"))[1] == b"%PDF-1.7"


def test_a_content_of_a_wrong_declared_type_is_kept_as_it_is(tmp_path: Path, server: Scripted) -> None:
    server.paths["/files/1"] = Say(b"\xff\xd8\xff\xe0", content_type="application/pdf")
    document = make_document(url="/files/1", contentType="application/pdf")
    assert sync(tmp_path, server, document)[1] == b"\xff\xd8\xff\xe0"


def test_a_content_inside_the_record_needs_no_request(tmp_path: Path, server: Scripted) -> None:
    document = make_document(data=base64.b64encode(WORDS).decode())
    assert sync(tmp_path, server, document)[1] == WORDS


@pytest.mark.parametrize(
    "stated",
    [
        {"size": len(WORDS)},
        {"hash": base64.b64encode(hashlib.sha1(WORDS).digest()).decode()},  # noqa: S324 (what XDS gives)
        {"hash": hashlib.sha1(WORDS).hexdigest()},  # noqa: S324
    ],
    ids=["size", "hash", "hash in hex"],
)
def test_a_content_as_announced_is_kept(tmp_path: Path, server: Scripted, stated: dict[str, Any]) -> None:
    server.paths[BINARY] = make_binary(WORDS)
    assert sync(tmp_path, server, make_document(url="Binary/b", **stated))[0] is ContentState.STORED


@pytest.mark.parametrize("stated", [{"size": 1}, {"hash": "2jmj7l5rSw0yVb/vlWAYkK/YBwk="}], ids=["size", "hash"])
def test_a_content_other_than_announced_is_refused_and_said(
    tmp_path: Path, server: Scripted, stated: dict[str, Any]
) -> None:
    server.paths[BINARY] = make_binary(WORDS)
    state, _, end = sync(tmp_path, server, make_document(url="Binary/b", **stated))
    assert state is ContentState.FAILED
    assert isinstance(end, Idle)
    assert [(fault.type, fault.rid, fault.reason) for fault in end.faults] == [
        ("DocumentReference", "d", Reason.DAMAGED)
    ]


@pytest.mark.parametrize(
    "document",
    [make_document(), make_document() | {"content": []}, make_document(data="")],
    ids=["nowhere", "no attachment", "empty"],
)
def test_a_document_without_a_content_is_nothing_to_fetch(
    tmp_path: Path, server: Scripted, document: dict[str, Any]
) -> None:
    state, _, end = sync(tmp_path, server, document)
    assert isinstance(end, Idle)
    assert (state, end.faults) == (ContentState.NONE, ())


@pytest.mark.parametrize(
    ("document", "answer", "expected"),
    [
        (make_document(data="Ym9"), Say(), (ContentState.FAILED, Reason.DAMAGED)),
        (make_document(url="Binary/b"), make_binary(b""), (ContentState.NONE, Reason.NO_CONTENT)),
        (make_document(url="Binary/b"), Say({}, 404), (ContentState.FAILED, Reason.UNKNOWN_RECORD)),
        (make_document(url="Binary/b"), Say({}, 403), (ContentState.FAILED, Reason.FORBIDDEN)),
        (make_document(url="Binary/b"), Say(b"x", 500), (ContentState.REMOTE, Reason.SERVER_FAULT)),
        (
            make_document(url="Binary/b"),
            Say("<html>", content_type="text/html"),
            (ContentState.REMOTE, Reason.NOT_FHIR),
        ),
        (make_document(url="Binary/b"), Say(b'{"data":"Ym'), (ContentState.REMOTE, Reason.TRUNCATED)),
        (make_document(url="https://evil.example/x"), Say(), (ContentState.FAILED, Reason.FOREIGN_ADDRESS)),
    ],
    ids=[
        "no base64",
        "empty binary",
        "404",
        "403",
        "500",
        "html",
        "truncated",
        "foreign",
    ],
)
def test_a_content_that_cannot_be_had_says_why_and_stops_nothing(
    tmp_path: Path, server: Scripted, document: dict[str, Any], answer: Say, expected: tuple[ContentState, Reason]
) -> None:
    server.paths[BINARY] = answer
    state, _, end = sync(tmp_path, server, document)
    assert isinstance(end, Idle)
    assert [(state, fault.reason) for fault in end.faults] == [expected]


def test_a_document_of_50_mb_is_left_on_the_server_without_a_request(tmp_path: Path, server: Scripted) -> None:
    state, _, _ = sync(tmp_path, server, make_document(url="Binary/b", size=50_000_000))
    assert state is ContentState.TOO_LARGE
    assert BINARY not in [asked.path for asked in server.asked]


@pytest.mark.parametrize("length", [LIMIT + 1, 500 * LIMIT], ids=["just over", "50 MB"])
def test_n4_a_document_larger_than_announced_is_left_on_the_server(
    tmp_path: Path, server: Scripted, length: int
) -> None:
    server.paths["/files/1"] = Say(bytes(length), content_type="application/pdf")
    assert sync(tmp_path, server, make_document(url="/files/1"))[0] is ContentState.TOO_LARGE


def test_a_server_that_goes_away_leaves_the_contents_for_the_next_run(tmp_path: Path, server: Scripted) -> None:
    server.paths[BINARY] = [Say(b"{", promised=99), make_binary(WORDS)]
    assert isinstance(sync(tmp_path, server, make_document(url="Binary/b"))[2], Stopped)
    assert sync(tmp_path, server, make_document(url="Binary/b"))[:2] == (ContentState.STORED, WORDS)


def test_the_newest_documents_come_first(tmp_path: Path, server: Scripted) -> None:
    documents = [
        make_document(url=f"Binary/{year}", creation=f"{year}-01-01") | {"id": f"d{year}"}
        for year in (2020, 2024, 2022)
    ]
    order: list[str] = []

    def hand_out(asked: Asked) -> Say:
        order.append(asked.path[-4:])
        return make_binary(WORDS)

    async def story(url: str) -> None:
        server.paths["/fhir/DocumentReference"] = Say(make_bundle(*documents, total=3))
        server.paths |= {f"/fhir/Binary/{year}": hand_out for year in (2020, 2024, 2022)}
        async with opened_syncing(tmp_path) as (syncing, _):
            await connect(syncing, url)
            await syncing.run()

    with served(server) as url:
        asyncio.run(story(url))
    assert order[-1] == "2020"


def test_one_content_is_fetched_at_once_when_its_document_is_opened(tmp_path: Path, server: Scripted) -> None:
    server.paths[BINARY] = [Say(b"x", 500), make_binary(WORDS)]
    sync(tmp_path, server, make_document(url="Binary/b"))

    async def story(url: str) -> None:
        async with opened_syncing(tmp_path) as (syncing, database):
            await connect(syncing, url)
            lid, _ = await database.read(read_content)
            await syncing.fetch_content(lid)
            assert await Blobs(tmp_path / "blobs", database).read(lid) == WORDS
            with pytest.raises(MesError) as caught:
                await syncing.fetch_content("unknown")
            assert caught.value.reason is Reason.UNKNOWN_RECORD

    with served(server) as url:
        asyncio.run(story(url))
