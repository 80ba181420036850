"""Each section, whatever it is: written, changed, taken back and deleted without network, then on two devices at once.

The journeys are made from the declarations: a section declared tomorrow makes them too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import fhirkit
import pytest

from mes_app.domain.forms import build_entry, list_inputs, read_values
from mes_app.domain.inputs import ADDABLE, FORMS
from mes_app.domain.record import Entry, Kind
from mes_app.services.conflicts import Side, TwoVersions
from mes_app.services.undoing import Edited
from tests.domain.whole_forms import change_fields, fill_whole, list_edits
from tests.journeys.households import Device, Household, find_same, list_said, open_household

KINDS = pytest.mark.parametrize("kind", sorted(ADDABLE))
LEFT, APART, AGAINST, TORN, CHANGED, DELETED = ROLES = ("left", "apart", "against", "torn", "changed", "deleted")
"""Six records of each section: left alone; changed on both devices in other fields, in the same fields; changed on one
and deleted on the other; changed, sent, then taken back; deleted, sent, then taken back."""

EXCLUSIVE = {"regular"}
"""What is said of one record at a time: said of another, it no longer holds here."""
Values = dict[str, str]


@dataclass
class Told:
    """What became of the records of one section, each under its role.

    ``first``: what they said; ``mine``, ``theirs``: what phone and desktop then made of them; ``asked``: what the phone
    had to ask; ``between``: what the desktop showed meanwhile; ``phone``, ``desktop``: what both show in the end;
    ``kept``: what the phone keeps of what was not chosen.
    """

    here: dict[str, str] = field(default_factory=dict)
    there: dict[str, str] = field(default_factory=dict)
    first: dict[str, Entry] = field(default_factory=dict)
    mine: dict[str, Entry] = field(default_factory=dict)
    theirs: dict[str, Entry] = field(default_factory=dict)
    asked: dict[str, TwoVersions] = field(default_factory=dict)
    undos: list[Edited] = field(default_factory=list)
    between: dict[str, Values] = field(default_factory=dict)
    phone: dict[str, Values] = field(default_factory=dict)
    desktop: dict[str, Values] = field(default_factory=dict)
    kept: list[Values] = field(default_factory=list)


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Household]:
    with open_household(tmp_path_factory.mktemp("household")) as living:
        yield living


@pytest.fixture(scope="module")
def told(household: Household) -> Mapping[Kind, Told]:
    """One story for all sections, as a sync takes as long for all as for one."""
    return household.runner.run(tell(household.phone, household.desktop))


async def tell(phone: Device, desktop: Device) -> Mapping[Kind, Told]:
    told = {kind: Told() for kind in sorted(ADDABLE)}
    for kind, one in told.items():
        await write_section(phone, kind, one)
    await phone.sync()
    await desktop.sync()
    for kind, one in told.items():
        await change_section(phone, desktop, kind, one)
    await desktop.sync()
    await phone.sync()
    await desktop.sync()
    for kind, one in told.items():
        one.between = await read(desktop, kind)
        await settle_section(phone, one)
    await phone.sync()
    await desktop.sync()
    for kind, one in told.items():
        one.phone, one.desktop = await read(phone, kind), await read(desktop, kind)
    for kept in await phone.session.conflicts.kept(await phone.find_owner()):
        told[kept.kind].kept.append(read_form(kept.entry))
    return told


async def read(device: Device, kind: Kind) -> dict[str, Values]:
    return {record_id: read_form(entry) for record_id, entry in (await device.read(kind)).items()}


def read_form(entry: Entry) -> Values:
    """What the form of ``entry`` asks and holds."""
    kind, values = next(kind for kind, model in FORMS.items() if model is type(entry)), read_values(entry)
    return {asked.name: values.get(asked.name, "") for asked in list_inputs(kind, values)}


def sort_values(shown: dict[str, Values]) -> list[list[tuple[str, str]]]:
    return sorted(sorted(values.items()) for values in shown.values())


def list_versions(told: Told, role: str) -> list[Values]:
    """What a record said at first, and what each device made of it."""
    return [read_form(said[role]) for said in (told.first, told.mine, told.theirs)]


async def write_section(phone: Device, kind: Kind, told: Told) -> None:
    """Records that all say something else, so that the other device can tell them apart."""
    whole = build_entry(kind, fill_whole(kind) | dict.fromkeys(EXCLUSIVE, ""))
    others = [entry for name, entry in list_edits(kind, whole) if name not in EXCLUSIVE]
    for role, entry in zip(ROLES, [whole, *others[1 - len(ROLES) :]], strict=True):
        told.here[role] = (await phone.add(kind, entry)).record_id
        told.first[role] = await phone.session.health.entry(told.here[role])


async def change_section(phone: Device, desktop: Device, kind: Kind, told: Told) -> None:
    """Both devices write without knowing of each other."""
    shown = await desktop.read(kind)
    told.there = {role: find_same(shown, entry) for role, entry in told.first.items()}
    names = [name for name in read_form(told.first[LEFT]) if name not in EXCLUSIVE]
    for role, changed in ((APART, names[::2]), (AGAINST, names), (TORN, names[:1]), (CHANGED, names)):
        told.mine[role] = change_fields(kind, told.first[role], changed)
    told.theirs[APART] = change_fields(kind, told.first[APART], names[1::2])
    told.theirs[AGAINST] = change_fields(kind, told.first[AGAINST], names, told.mine[AGAINST])
    for role in (APART, AGAINST):
        there = told.theirs[role].model_copy(update={"id": told.there[role]})
        await desktop.session.editing.change(told.there[role], there, confirmed=True)
    await desktop.session.editing.delete(told.there[TORN])
    for role, entry in told.mine.items():
        done = await phone.session.editing.change(told.here[role], entry, confirmed=True)
        told.undos += [done] if role == CHANGED else []
    told.undos.append(await phone.session.editing.delete(told.here[DELETED]))


async def settle_section(phone: Device, told: Told) -> None:
    """Each thing that is asked answered, and what was sent taken back."""
    conflicts = phone.session.conflicts
    waiting = {one.record_id for one in await conflicts.list()}
    for role in (role for role in ROLES if told.here[role] in waiting):
        told.asked[role] = await conflicts.open(told.here[role])
    if APART in told.asked:  # nothing to choose: each field has one side that changed it
        await conflicts.resolve(told.here[APART], {})
    for role in told.asked.keys() - {APART}:
        await conflicts.resolve_whole(told.here[role], Side.MINE)
    for done in told.undos:
        await phone.session.editing.undo(done)


@KINDS
def test_a_section_is_written_changed_deleted_and_taken_back_without_network(household: Household, kind: Kind) -> None:
    async def story(phone: Device) -> None:
        editing, health = phone.session.editing, phone.session.health
        waiting, shown = await phone.session.unsent.list(), await phone.read(kind)
        whole = build_entry(kind, fill_whole(kind))
        made = await phone.add(kind, whole)
        first = await health.entry(made.record_id)
        assert read_values(first) == read_values(whole)
        edits = list(list_edits(kind, first))
        assert {name for name, _ in edits} == set(read_form(whole))
        for name, entry in edits:
            changed = await editing.change(made.record_id, entry, confirmed=True)
            assert read_values(await health.entry(made.record_id)) == read_values(entry), name
            await editing.undo(changed)
            assert list_said(await health.entry(made.record_id)) == list_said(first), name
        deleted = await editing.delete(made.record_id)
        assert await phone.read(kind) == shown
        await editing.undo(deleted)
        await editing.delete(find_same(await phone.read(kind), first))
        assert await phone.read(kind) == shown
        assert await phone.session.unsent.list() == waiting

    household.runner.run(story(household.phone))


@KINDS
def test_what_was_written_without_network_is_the_same_on_the_other_device(
    told: Mapping[Kind, Told], kind: Kind
) -> None:
    one = told[kind]
    assert len(one.desktop) == len(ROLES)
    assert sort_values(one.phone) == sort_values(one.desktop)
    assert one.desktop[one.there[LEFT]] == read_form(one.first[LEFT])


@KINDS
def test_changes_of_other_fields_are_joined_and_none_is_lost(told: Mapping[Kind, Told], kind: Kind) -> None:
    one = told[kind]
    first, mine, theirs = list_versions(one, APART)
    joined = first | {
        name: value for said in (mine, theirs) for name, value in said.items() if first.get(name) != value
    }
    assert joined not in (first, mine, theirs)
    assert one.desktop[one.there[APART]] == joined
    if asked := one.asked.get(APART):
        assert not [choice.name for choice in asked.fields if choice.clash]


@KINDS
def test_changes_of_the_same_fields_are_asked_and_none_is_lost(told: Mapping[Kind, Told], kind: Kind) -> None:
    one = told[kind]
    first, mine, theirs = list_versions(one, AGAINST)
    changed = {name for name in first if len({said.get(name) for said in (first, mine, theirs)}) == 3}
    assert changed
    assert {choice.name for choice in one.asked[AGAINST].fields if choice.clash} >= changed
    assert one.desktop[one.there[AGAINST]] == mine
    assert theirs in one.kept


@KINDS
def test_a_deletion_against_a_change_is_asked(told: Mapping[Kind, Told], kind: Kind) -> None:
    one = told[kind]
    assert (one.asked[TORN].mine is None, one.asked[TORN].theirs is None) == (False, True)
    assert read_form(one.mine[TORN]) in one.desktop.values()


@KINDS
def test_what_was_sent_is_taken_back_on_both_devices(told: Mapping[Kind, Told], kind: Kind) -> None:
    one = told[kind]
    assert one.between[one.there[CHANGED]] == read_form(one.mine[CHANGED])
    assert one.desktop[one.there[CHANGED]] == read_form(one.first[CHANGED])
    assert one.there[DELETED] not in one.between
    assert read_form(one.first[DELETED]) in one.desktop.values()


@pytest.mark.usefixtures("told")
def test_every_resource_that_was_sent_is_valid(household: Household) -> None:
    sent = [*household.phone.sent, *household.desktop.sent]
    assert len(sent) > 10 * len(ADDABLE)
    assert [str(issue) for resource in sent for issue in fhirkit.validate(resource)] == []
