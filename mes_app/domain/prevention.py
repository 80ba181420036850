"""What prevention offers one person at their age, computed here: facts of a calendar, and never advice.

Nothing is read into a silence: what no record tells is « not noted », not « not done ».
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mes_app.domain.documents import Category
from mes_app.domain.durations import Duration
from mes_app.domain.people import Profile, Sex, age_on
from mes_app.domain.prevention_rules import Campaign, Obligation, PreventionKind, Rule, RuleSource, list_rules
from mes_app.domain.record import Kind, Row
from mes_app.domain.values import PartialDate, Precision

ADULT = 18
SOON = Duration(months=3)
HORIZON = Duration(months=120)
"""What is due later than that is not told yet, except the examinations of childhood."""

AHEAD = Duration(months=2)
"""How early before a campaign what is done belongs to it."""

_RECORDS = {PreventionKind.VACCINES: (Kind.VACCINES,)}
_USUAL = (Kind.PROCEDURES, Kind.DOCUMENTS, Kind.APPOINTMENTS)
"""Where what was done is told."""

_HAPPENED = {
    Kind.VACCINES: ("", "completed"),
    Kind.PROCEDURES: ("", "completed"),
    Kind.APPOINTMENTS: ("fulfilled",),
}
PROOFS = (Category.REPORTS, Category.IMAGING, Category.LABORATORY, Category.CERTIFICATES, Category.PREVENTION)
"""Documents that tell what was done; a prescription does not."""


class State(StrEnum):
    """Where something stands, what matters most first. OVER: its age has passed, and no record tells that it was."""

    LATE = "late"
    DUE = "due"
    SOON = "soon"
    LATER = "later"
    DONE = "done"
    OVER = "over"
    NOT_FOR_ME = "not_for_me"


NEAR = (State.LATE, State.DUE, State.SOON)
"""Where something stands whose time has come, or comes soon."""


class Choice(StrEnum):
    """What a person says of a rule, on this device only."""

    DONE = "done"
    NOT_FOR_ME = "not_for_me"


@dataclass(frozen=True, slots=True)
class Mark:
    """A choice and the day on which it was made: when what was done was done, nobody asks."""

    choice: Choice
    day: date


@dataclass(frozen=True, slots=True)
class Evidence:
    """What of a record may tell that something was done.

    ``denied``: a rule and a record, by their ids, of which the person said that it is not what the rule is about.
    """

    rows: Collection[Row] = ()
    denied: Collection[tuple[str, str]] = ()

    def of(self, rule: Rule) -> list[Row]:
        """What may tell it of ``rule``."""
        return [row for row in self.rows if (rule.id, row.id) not in self.denied]


@dataclass(frozen=True, slots=True)
class PreventionItem:
    """One rule for one person. ``due``: from when, or from when again; None where nothing is left to do.

    ``last``: when it was done, as ``record`` tells it; ``mark``: what the person said of it.
    """

    rule: Rule
    state: State
    due: date | None = None
    last: PartialDate | None = None
    mark: Choice | None = None
    record: Row | None = None

    @property
    def id(self) -> str:
        """That of the rule."""
        return self.rule.id

    @property
    def kind(self) -> PreventionKind:
        """What it is about."""
        return self.rule.kind

    @property
    def title(self) -> str:
        """What it is, with its step."""
        return ", ".join(filter(None, (self.rule.subject, self.rule.step)))

    @property
    def done(self) -> str | None:
        """When it was done last, as the record tells it, empty where nobody knows; None where it was not."""
        if self.last:
            return self.last.text
        return "" if self.mark is Choice.DONE else None

    @property
    def obligation(self) -> Obligation:
        """How strongly the source says it."""
        return self.rule.obligation

    @property
    def source(self) -> RuleSource:
        """Which text says so."""
        return self.rule.source


@dataclass(frozen=True, slots=True)
class Topic:
    """The steps of one subject, in the order of the calendar: the doses of a vaccine, or a single examination."""

    kind: PreventionKind
    subject: str
    items: tuple[PreventionItem, ...]

    @property
    def main(self) -> PreventionItem:
        """The step that matters most now: what may be done, else what was done last."""
        order = list(State)
        first = min(self.items, key=lambda item: order.index(item.state))
        return self.items[-1] if all(item.state is State.DONE for item in self.items) else first

    @property
    def is_near(self) -> bool:
        """Whether its time has come, or comes soon."""
        return self.main.state in NEAR


def group_topics(items: Iterable[PreventionItem]) -> list[Topic]:
    """``items`` by their subject, kind by kind; each where its first step is."""
    groups: dict[tuple[PreventionKind, str], list[PreventionItem]] = {}
    for item in items:
        groups.setdefault((item.kind, item.rule.subject), []).append(item)
    return [Topic(kind, subject, tuple(steps)) for (kind, subject), steps in groups.items()]


def find_birth(profile: Profile, today: date) -> date | None:
    """The day of birth, without which no age can be computed; None where it is not told to the day, or is to come."""
    birth = profile.birth
    day = birth.day if birth and birth.precision is Precision.DAY else None
    return day if day and day <= today else None


def is_child(birth: date, today: date) -> bool:
    """Whether somebody is under age."""
    return age_on(birth, today).years < ADULT


def list_prevention(
    birth: date, sex: Sex, evidence: Evidence, marks: Mapping[str, Mark], today: date
) -> list[PreventionItem]:
    """What concerns somebody, in the order of the calendar."""
    rules = [rule for rule in list_rules() if rule.concerns(birth, sex)]
    items = {rule.id: judge_rule(rule, birth, evidence, marks.get(rule.id), today) for rule in rules}
    met = {name for name, item in items.items() if item.state is State.DONE}
    child = is_child(birth, today)
    return [item for item in items.values() if item.rule.unless not in met and _is_told(item, today, child=child)]


def _is_told(item: PreventionItem, today: date, *, child: bool) -> bool:
    examined = item.kind is PreventionKind.EXAMS and child
    if item.state is State.OVER:
        return examined
    return examined or item.state is not State.LATER or item.due is None or item.due <= HORIZON.after(today)


def judge_rule(rule: Rule, birth: date, evidence: Evidence, mark: Mark | None, today: date) -> PreventionItem:
    """Where ``rule`` stands on ``today`` for somebody born on ``birth``."""
    if mark and mark.choice is Choice.NOT_FOR_ME:
        return PreventionItem(rule, State.NOT_FOR_ME, mark=mark.choice)
    told, marked = _list_done(rule, birth, evidence.of(rule)), mark.choice if mark else None
    days = sorted([*(_read_days(day)[1] for day, _ in told), *([mark.day] * rule.doses if mark else [])])
    enough = len(days) >= rule.doses
    due, (last, record) = _find_due(rule, birth, days, today), _find_last(rule, told)
    end = rule.until.after(birth) if rule.until else date.max
    if due is None or max(due, today) >= end:
        state = State.DONE if enough else State.OVER
        return PreventionItem(rule, state, last=last, mark=marked, record=record)
    return PreventionItem(rule, _judge_day(rule, birth, due, today), due, last, marked, record)


def _find_last(rule: Rule, told: list[tuple[PartialDate, Row]]) -> tuple[PartialDate | None, Row | None]:
    """When it was done, or done last where it is to be done again, and what tells it."""
    if len(told) < rule.doses:
        return None, None
    return told[-1] if rule.repeat or rule.campaign else told[rule.doses - 1]


def _judge_day(rule: Rule, birth: date, due: date, today: date) -> State:
    """Late is only what was never done: nothing says by when it should be done again."""
    first = rule.due.after(birth)
    if due > today:
        return State.SOON if due <= SOON.after(today) else State.LATER
    return State.LATE if rule.late and due == first and rule.late.after(birth) <= today else State.DUE


def _find_due(rule: Rule, birth: date, days: list[date], today: date) -> date | None:
    """From when it is to be done next, after it was on ``days``; None where that was all."""
    first = rule.due.after(birth)
    if rule.campaign:
        return max(first, _find_campaign(rule.campaign, max(first, today), days))
    if rule.repeat and days:
        return max(first, rule.repeat[min(len(days), len(rule.repeat)) - 1].after(days[-1]))
    return None if len(days) >= rule.doses else first


def _find_campaign(campaign: Campaign, day: date, days: list[date]) -> date:
    """The beginning of the campaign that runs on ``day`` or comes next, and of which nothing was done on ``days``."""
    begin = campaign.find(day)
    while any(_belongs(done, begin) for done in days):
        begin = campaign.begin(begin.year + 1)
    return begin


def _belongs(day: date, begin: date) -> bool:
    return AHEAD.after(day) >= begin and day < Duration(months=12).after(begin)


def _list_done(rule: Rule, birth: date, done: Collection[Row]) -> list[tuple[PartialDate, Row]]:
    """When what counts was done and what tells it, the oldest first; once a day, whoever tells it."""
    kinds = _RECORDS.get(rule.kind, _USUAL)
    since, end = rule.since.after(birth), rule.until.after(birth) if rule.until else date.max
    dated = {row.date_text: row for row in done if row.kind in kinds and _counts(rule, row)}
    found = [(row.date, row) for row in dated.values() if row.date and row.date.start]
    within = [(day, row) for day, row in found if _read_days(day)[1] >= since and _read_days(day)[0] < end]
    return sorted(within, key=lambda told: told[0].key)


def _counts(rule: Rule, row: Row) -> bool:
    told = row.category in PROOFS if row.kind is Kind.DOCUMENTS else row.status in _HAPPENED[row.kind]
    return told and rule.wanted.fits(row.code, f"{row.title} {row.subtitle}")


def _read_days(told: PartialDate) -> tuple[date, date]:
    """The first and the last day that a date may mean."""
    return told.day or date.min, told.last_day or date.min
