import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.imports import AnnouncedDocument, Named
from mes_app.domain.values import PartialDate
from mes_app.errors import MesError, Unreadable
from mes_app.formats.archives import open_archive
from mes_app.formats.xdm import list_submissions, read_submission
from tests.formats.hostile_archives import pack
from tests.formats.xdm_archives import FOLDER, describe, metadata, xdm

DATA = b"Bilan"


def read(data: bytes) -> list[AnnouncedDocument]:
    with open_archive(io.BytesIO(data)) as archive:
        return [found for entry in list_submissions(archive) for found in read_submission(archive, entry)]


def test_each_document_is_told_with_what_the_sender_says_of_it() -> None:
    (found,) = read(xdm({"DOC0001.PDF": DATA}))
    assert found == AnnouncedDocument(
        path=f"{FOLDER}/DOC0001.PDF",
        title="Bilan de DOC0001.PDF",
        type_code="11502-2",
        class_code="10",
        created=PartialDate(text="2026-11-03T10:15:00"),
        author="Dr Paul LENOIR",
        organization="Laboratoire du Port",
        unique_id="1.2.3.5",
        sha1=hashlib.sha1(DATA, usedforsecurity=False).hexdigest(),
        size=5,
        patient=Named("Anaïs MARTIN", PartialDate(text="1988-07-12")),
    )


def test_an_archive_that_is_none_has_no_submission() -> None:
    assert read(pack(("a.txt", b"x"))) == []


def test_capitals_backslashes_and_cut_names_lead_to_the_document() -> None:
    told = describe("x", DATA, URI="1|SOUS\\DOC%201.PDF")
    data = pack(("ihe_xdm\\subset01\\Metadata.xml", metadata(told)), ("IHE_XDM\\SUBSET01\\Sous\\doc 1.pdf", DATA))
    with open_archive(io.BytesIO(data)) as archive:
        (entry,) = list_submissions(archive)
        (found,) = read_submission(archive, entry)
        assert archive.find(found.path)


def test_z3_what_the_service_keeps_back_is_known_by_its_label() -> None:
    labels = ("N", "MASQUE_PS", "INVISIBLE_PATIENT", "INVISIBLE_REPRESENTANTS_LEGAUX")
    told = read(xdm({}, *(describe("a", DATA, label=label) for label in labels)))
    assert [(found.hidden, found.withheld) for found in told] == [
        (False, False), (True, False), (False, True), (False, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "xml", [b"", b"<a>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"<a>" * 200 + b"</a>" * 200]
)
def test_metadata_that_cannot_be_trusted_is_refused(xml: bytes) -> None:
    with pytest.raises(Unreadable):
        read(pack((f"{FOLDER}/METADATA.XML", xml)))


@given(
    st.sampled_from(["creationTime", "hash", "size", "URI"]),
    st.text(st.characters(codec="utf-8", min_codepoint=32), max_size=20),
)
def test_whatever_a_slot_says_nothing_but_our_errors_is_raised(name: str, value: str) -> None:
    try:
        read(xdm({}, describe("a", DATA, **{name: value})))
    except MesError:
        return
