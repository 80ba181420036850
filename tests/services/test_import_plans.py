import hashlib
import io
import zipfile
from collections.abc import Hashable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.documents import Category
from mes_app.domain.imports import Item, ItemState, Named, choose_items
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.domain.values import PartialDate
from mes_app.errors import Locked, Reason
from mes_app.services.import_files import Picked, Shelf
from mes_app.services.import_plans import Plan, make_plan, read_content
from mes_app.services.import_twins import Known
from tests.formats.clinical_documents import report
from tests.formats.hostile_archives import FAULTY, pack
from tests.formats.hostile_files import KEPT, REFUSED
from tests.formats.xdm_archives import describe, xdm
from tests.services.export_stories import ignore
from tests.services.family import patient, pdf
from tests.services.test_import_sources import DOCUMENT, ours

pytestmark = pytest.mark.filterwarnings("ignore:.*:UserWarning:PIL")
MOTHER = Profile(pid="p", rid="m-2", name="Anaïs Martin", birth=PartialDate(text="1988-07-12"), holder=True)
NAMES = (Named("Anaïs Martin", MOTHER.birth), Named("Anaïs Petit", MOTHER.birth))
ME = patient("mother", "Anaïs", "1988-07-12", "female")
CHILD = patient("child", "Zoé", "2017-02-28", "female")
LETTER = pdf("Lettre")


def look(
    *files: bytes,
    twins: Mapping[Hashable, str] | None = None,
    profile: Profile = MOTHER,
    sections: frozenset[Kind] = frozenset(),
) -> Plan:
    picked = [Picked(f"Mon_fichier {number}.bin", data=data) for number, data in enumerate(files)]
    return make_plan(picked, Known(profile, NAMES, twins or {}, sections), ignore)


def tell_fault(item: Item) -> Reason | None:
    return item.fault.reason if item.fault else None


def test_a_file_alone_is_named_as_it_is_called_and_dated_by_nobody() -> None:
    (item,) = look(LETTER).items
    assert (item.title, item.category, item.date, item.person) == ("Mon fichier 0", Category.OTHER, None, "")
    assert item.state is ItemState.NEW


def test_a_clinical_document_says_what_it_is_and_whose() -> None:
    (item,) = look(report().replace(b"javascript:", b"https:")).items
    assert (item.title, item.author) == ("CR d'examens biologiques", "Dr Paul LENOIR")
    assert (item.date and item.date.text[:10], item.person) == ("2026-11-03", "Camille MARTIN")


def test_a_submission_says_more_than_the_names_of_its_files() -> None:
    (item,) = look(xdm({"DOC1.PDF": LETTER})).items
    assert (item.title, item.category, item.author) == ("Bilan de DOC1.PDF", Category.LABORATORY, "Dr Paul LENOIR")
    assert (item.person, item.state) == ("", ItemState.NEW)


def test_whoever_is_named_otherwise_is_told_and_not_chosen() -> None:
    items = look(xdm({"a": LETTER}, describe("a", LETTER, patient="DURAND^Paul")), ours(DOCUMENT, CHILD)).items
    assert [item.person for item in items] == ["Paul DURAND", "Zoé Martin"]
    assert choose_items(items) == frozenset()


def test_the_name_of_birth_is_that_of_the_same_person() -> None:
    (item,) = look(xdm({"a": LETTER}, describe("a", LETTER, patient="PETIT^Anaïs"))).items
    assert item.person == ""


@pytest.mark.parametrize("name", ["hash", "size"])
def test_a_file_that_is_not_what_its_archive_announces_is_faulty(name: str) -> None:
    (item,) = look(xdm({"a": LETTER}, describe("a", LETTER, **{name: "1"}))).items
    assert (item.state, tell_fault(item)) == (ItemState.FAULTY, Reason.NOT_AS_ANNOUNCED)
    (item,) = look(ours(DOCUMENT, ME, data=b"Autre", told=b"Note")).items
    assert tell_fault(item) is Reason.NOT_AS_ANNOUNCED


def test_a_file_that_is_not_in_its_archive_is_faulty() -> None:
    (item,) = look(xdm({}, describe("gone", LETTER))).items
    assert (item.title, tell_fault(item)) == ("Bilan de gone", Reason.CONTENT_LEFT_OUT)
    assert tell_fault(look(ours({"resourceType": "Flag"}, DOCUMENT, ME)).items[1]) is Reason.CONTENT_LEFT_OUT


@pytest.mark.parametrize("label", ["INVISIBLE_PATIENT", "INVISIBLE_REPRESENTANTS_LEGAUX"])
def test_z3_what_may_not_be_seen_is_not_brought_nor_named(label: str) -> None:
    labelled = DOCUMENT | {"securityLabel": [{"coding": [{"code": label}]}], "description": "Secret"}
    child = MOTHER.model_copy(update={"holder": False})
    for plan in (look(xdm({"a": LETTER}, describe("a", LETTER, label=label))), look(ours(labelled, ME), profile=child)):
        (item,) = plan.items
        assert (item.state, tell_fault(item)) == (ItemState.FAULTY, Reason.NOT_TO_BE_SEEN)
        assert (item.title, item.author) == ("", "")
        assert "Secret" not in item.name


def test_what_acts_is_refused_or_taken_out_also_of_an_archive() -> None:
    acting, hidden = look(pack(("a.html", b"<html>"), ("b.pdf", KEPT["pdf with a script when opened"]))).items
    assert tell_fault(acting) is Reason.ACTIVE_FILE
    assert (hidden.state, hidden.changes) == (ItemState.NEW, frozenset({"actions"}))


@pytest.mark.parametrize("name", ["climbs", "encrypted", "wrong sum", "bomb"])
def test_a_faulty_entry_is_told_beside_the_good_one(name: str) -> None:
    data, reason = FAULTY[name]
    items = look(data).items
    assert [tell_fault(item) for item in items] == [None, reason]


def test_z11_what_is_there_already_is_known_by_its_identifier_then_by_its_bytes() -> None:
    digest = hashlib.sha256(LETTER).hexdigest()
    by_identifier: dict[Hashable, str] = {("id", f"1.2.3.{len(LETTER)}"): "lid-1", ("sha256", digest): "lid-2"}
    data = xdm({"a": LETTER})
    (item,) = look(data, twins=by_identifier).items
    assert (item.state, item.twin) == (ItemState.DUPLICATE, "lid-1")
    (item,) = look(data, twins={("sha256", digest): "lid-2"}).items
    assert (item.state, item.twin) == (ItemState.DUPLICATE, "lid-2")


def test_the_same_twice_is_brought_once_but_for_what_a_dossier_held_twice() -> None:
    states = [item.state for item in look(LETTER, LETTER).items]
    assert states == [ItemState.NEW, ItemState.DUPLICATE]
    twice = {"resourceType": "Flag", "status": "active", "code": {"text": "a"}}
    told = look(ours(twice, twice, ME), ours(twice, ME)).items
    assert [item.state for item in told] == [ItemState.NEW, ItemState.NEW, ItemState.DUPLICATE]


def test_a_record_of_the_same_server_is_the_same_whatever_it_says_now() -> None:
    flag = {"resourceType": "Flag", "id": "f", "status": "active", "code": {"text": "a"}}
    known: dict[Hashable, str] = {("rid", "Flag/f"): "lid-1"}
    (item,) = look(ours(flag, ME), twins=known, profile=MOTHER.model_copy(update={"rid": "mother"})).items
    assert item.state is ItemState.DUPLICATE
    (item,) = look(ours(flag, ME), twins=known).items
    assert item.state is ItemState.NEW


def test_nothing_is_declared_of_a_section_that_has_entries() -> None:
    nothing = {
        "resourceType": "List",
        "status": "current",
        "mode": "snapshot",
        "code": {"coding": [{"system": "http://loinc.org", "code": "48765-2"}]},
        "emptyReason": {"coding": [{"code": "nilknown"}]},
    }
    assert tell_fault(look(ours(nothing, ME)).items[0]) is None
    assert tell_fault(look(ours(nothing, ME), sections=frozenset({Kind.ALLERGIES})).items[0]) is Reason.NOT_EMPTY


def test_a_resource_that_the_app_does_not_keep_is_not_brought() -> None:
    assert tell_fault(look(ours({"resourceType": "Subscription"}, ME)).items[0]) is Reason.FORMAT_NOT_ACCEPTED


def test_what_a_vault_held_comes_back_byte_for_byte_also_where_nobody_may_add_it() -> None:
    odd = b"\x00\x01 rien de lisible"
    assert tell_fault(look(odd).items[0]) is Reason.FORMAT_NOT_ACCEPTED
    plan = look(ours(DOCUMENT, ME, data=odd))
    assert tell_fault(plan.items[0]) is None
    with Shelf(plan.files) as shelf:
        assert read_content(shelf, plan.findings[0].source).data == odd


@pytest.mark.parametrize("name", ["windows program", "word file with macros", "page"])
def test_what_acts_does_not_come_back_even_out_of_a_vault(name: str) -> None:
    data, reason = REFUSED[name]
    assert tell_fault(look(ours(DOCUMENT, ME, data=data)).items[0]) is reason


SEEDS = (
    ours(DOCUMENT, ME, {"resourceType": "Flag", "id": "f", "subject": {"reference": "Patient/mother"}}),
    xdm({"a.txt": b"Bonjour"}),
    pack(("a.txt", b"Bonjour"), ("b.xml", report())),
)


@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6),
    st.booleans(),
)
def test_whatever_became_of_an_archive_a_plan_is_made_and_tells_it(
    seed: bytes, changes: list[tuple[float, bytes]], unpacked: bool
) -> None:
    """``unpacked``: what is inside changes, and the archive around it is whole."""
    items = look(_mutate_entries(seed, changes) if unpacked else _mutate(seed, changes)).items
    assert all(item.state is ItemState.FAULTY for item in items if item.fault)


def _mutate(data: bytes, changes: list[tuple[float, bytes]]) -> bytes:
    changed = bytearray(data)
    for share, written in changes:
        place = int(share * len(changed))
        changed[place : place + len(written)] = written
    return bytes(changed)


def _mutate_entries(seed: bytes, changes: list[tuple[float, bytes]]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(seed)) as packed:
        return pack(*((info.filename, _mutate(packed.read(info), changes)) for info in packed.infolist()))


def test_how_far_the_look_is_can_be_heard_and_ended() -> None:
    heard: list[tuple[int, int]] = []

    def hear(done: int, total: int) -> None:
        heard.append((done, total))
        if done == 2:
            raise Locked

    with pytest.raises(Locked):
        make_plan([Picked("a", data=b"a")] * 4, Known(MOTHER, NAMES), hear)
    assert heard == [(0, 4), (1, 4), (2, 4)]
