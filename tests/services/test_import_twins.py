from pathlib import Path

import pytest

from mes_app.errors import Reason, Rejected
from mes_app.fhir.references import find_nowhere
from mes_app.services.import_twins import list_content_keys, list_identifier_keys, list_keys, read_known
from tests.services.pens import Desk, at_desk
from tests.store.samples import PARENT


def test_a_document_is_known_by_its_identifier_however_it_is_written() -> None:
    written = {"resourceType": "DocumentReference", "masterIdentifier": {"value": "urn:oid:1.2.3"}}
    assert list(list_keys(written, find_nowhere)) == list(list_identifier_keys("1.2.3"))
    assert list(list_identifier_keys("")) == []


def test_a_content_is_known_by_its_bytes_or_by_what_a_server_says_of_them() -> None:
    sha1 = "8w7L9bHLhcYx/ewLOWeFUJc8/Lw="
    document = {"resourceType": "DocumentReference", "content": [{"attachment": {"hash": sha1}}]}
    assert set(list_keys(document, find_nowhere)) <= set(list_content_keys(b"Bonjour"))
    assert len(set(list_content_keys(b"Bonjour"))) == 2


def test_any_other_record_is_known_by_all_that_it_says() -> None:
    one = {"resourceType": "Flag", "id": "1", "code": {"text": "a"}}
    assert list(list_keys(one, find_nowhere)) == list(list_keys(one | {"id": "2"}, find_nowhere))
    assert list(list_keys(one, find_nowhere)) != list(list_keys(one | {"code": {"text": "b"}}, find_nowhere))


def test_only_a_dossier_that_is_here_is_known(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        known = await desk.database.read(read_known, PARENT.pid)
        assert (known.profile.pid, known.sections, known.twins) == (PARENT.pid, frozenset(), {})
        with pytest.raises(Rejected) as refused:
            await desk.database.read(read_known, "nobody")
        assert refused.value.reason is Reason.UNKNOWN_RECORD

    at_desk(tmp_path, story)
