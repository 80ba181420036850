"""Forms filled in whole, and what each of their fields may be changed to: made from the declaration of a section."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from mes_app.domain.checks import check_entry
from mes_app.domain.forms import Input, InputKind, build_entry, list_inputs, read_values
from mes_app.domain.record import Entry, Kind
from mes_app.errors import Rejected

ANSWERS: dict[str, tuple[str, ...]] = {
    InputKind.TEXT: ("Été à l’hôpital n° 1", "Œdème & « toux » <b>", "Ça"),
    InputKind.LONG_TEXT: ("Vu en été.\nÀ revoir.", "Rien à « signaler » & <b>", "Ça"),
    InputKind.DATE: ("2019-05", "2019", "03/05/2019"),
    InputKind.DAY: ("03/05/2019", "04/05/2019"),
    InputKind.MOMENT: ("2019-05-03T10:30", "2019-05-03T09:15"),
    InputKind.NUMBER: ("40", "41", "42"),
    InputKind.YES: ("yes",),
    InputKind.PHONE: ("06 39 98 00 00", "+32 470 00 00 00"),
    InputKind.EMAIL: ("camille@famille.example", "alex@famille.example"),
    InputKind.CODE: ("3400930000007", "3400949497294"),
    InputKind.LINES: ("Un\nDeux", "Deux\nTrois", "Quatre"),
    "day": ("2019-05-03", "2019-06-04"),
    "end": ("2019-05-03T11:45", "2019-05-04T08:00"),
    "value2": ("30", "31"),
    "rpps": ("99700218896", "99700218904"),
    "finess": ("750100125", "330780321"),
}
"""By the name of a field or else its kind: what is typed in a whole form, then what it may be changed to."""
TODAY = date(2026, 11, 22)
TRIES = 12
"""Choices of which one goes with all the rest: a disease that is over has an end."""


def list_answers(asked: Input) -> tuple[str, ...]:
    """Different things that may be typed or chosen there; the last of them nothing, where it may be left."""
    if asked.kind is InputKind.CHOICES:
        answers = tuple("\n".join(asked.choices[start : start + 2]) for start in range(2))
    elif asked.choices:
        answers = asked.choices
    else:
        answers = ANSWERS.get(asked.name) or ANSWERS[asked.kind]
    return answers if asked.required else (*answers, "")


def fill_whole(kind: Kind) -> dict[str, str]:
    """A form of ``kind`` with an answer in each field, which may be saved."""
    tried = (_fill(kind, rank) for rank in range(TRIES))
    return next(values for values in tried if try_entry(kind, values))


def _fill(kind: Kind, rank: int) -> dict[str, str]:
    """With the choice of that rank wherever one is chosen."""
    values: dict[str, str] = {}
    while left := [asked for asked in list_inputs(kind, values) if asked.name not in values]:
        answers = list_answers(left[0])
        values[left[0].name] = answers[rank % len(answers) if left[0].kind is InputKind.CHOICE else 0]
    return values


def try_entry(kind: Kind, values: Mapping[str, str], former: Entry | None = None) -> Entry | None:
    """What is saved of ``values``; None where they are refused."""
    try:
        entry = build_entry(kind, values, former)
        check_entry(kind, entry, TODAY, confirmed=True)
    except Rejected:
        return None
    return entry


def list_edits(kind: Kind, former: Entry) -> Iterator[tuple[str, Entry]]:
    """The names of the fields of ``former``, each with what the entry becomes when that field alone is changed.

    To each choice, and some other answers, that go with the rest of the entry.
    """
    shown = read_values(former)
    for asked in list_inputs(kind, shown):
        others = [answer for answer in list_answers(asked) if answer != shown.get(asked.name)]
        tried = (try_entry(kind, shown | {asked.name: other}, former) for other in others)
        yield from ((asked.name, entry) for entry in tried if entry and entry != former)


def change_fields(kind: Kind, former: Entry, names: Sequence[str], avoided: Entry | None = None) -> Entry:
    """``former`` with something else in each of the fields ``names`` that allows it; nothing that ``avoided`` says."""
    entry = former
    for asked in (asked for asked in list_inputs(kind, read_values(former)) if asked.name in names):
        said = {read_values(one).get(asked.name) for one in (former, avoided) if one}
        others = (answer for answer in list_answers(asked) if answer not in said)
        tried = (try_entry(kind, read_values(entry) | {asked.name: other}, entry) for other in others)
        entry = next(filter(None, tried), entry)
    return entry
