"""What a declared pregnancy brings, and when: weeks, examinations, vaccines. Facts of a calendar, and never advice.

The rules are those of data/pregnancy_fr_2026.csv; where each stands is judged as all prevention is, with the first day
of the last period in the place of the day of birth.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from mes_app.domain.data_files import read_rows
from mes_app.domain.durations import Anchor, Duration, Stage, read_stage
from mes_app.domain.people import Profile, Sex, age_on
from mes_app.domain.prevention import Evidence, Mark, PreventionItem, find_birth, judge_rule
from mes_app.domain.prevention_rules import (
    Campaign,
    Obligation,
    PreventionKind,
    Rule,
    RuleSource,
    Wanted,
    list_rules,
    read_campaign,
    read_wanted,
)
from mes_app.domain.sections.pregnancies import Pregnancy, PregnancyStatus
from mes_app.domain.values import Precision

AGES = range(12, 61)
"""At which ages the booklet is offered; anybody may open one."""

MONTHS = 9
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Advance:
    """How far a pregnancy is: complete weeks and days since the last period, and the month and trimester it is in."""

    weeks: int
    days: int
    month: int

    @property
    def trimester(self) -> int:
        """Three months each."""
        return (self.month - 1) // 3 + 1


@dataclass(frozen=True, slots=True)
class PregnancyRule:
    """One row of the file, its stages not yet days. ``season``: when of the year it is done."""

    id: str
    kind: PreventionKind
    subject: str
    step: str
    obligation: Obligation
    source: RuleSource
    due: Stage
    late: Stage | None
    until: Stage
    season: Campaign | None
    wanted: Wanted

    @property
    def postnatal(self) -> bool:
        """Whether it is for after the birth."""
        return self.due.anchor is Anchor.AFTER

    def settle(self, pregnancy: Pregnancy, start: date) -> Rule:
        """The rule of this pregnancy, its ages counted in days from ``start``, the last period. Only what was done from
        ``due`` on counts, and nothing of before the birth is proposed after it."""

        def count(stage: Stage) -> Duration:
            return Duration(days=(_find_day(stage, pregnancy, start) - start).days)

        until, birth = count(self.until), count(Stage(Anchor.AFTER, Duration()))
        born = pregnancy.status is PregnancyStatus.BIRTH and self.until.anchor is not Anchor.AFTER
        return Rule(
            id=self.id,
            kind=self.kind,
            subject=self.subject,
            step=self.step,
            obligation=self.obligation,
            source=self.source,
            due=count(self.due),
            late=count(self.late) if self.late else None,
            until=min(until, birth) if born else until,
            campaign=self.season,
            wanted=self.wanted,
            since=count(self.due),
        )


@cache
def list_pregnancy_rules() -> tuple[PregnancyRule, ...]:
    """All rules, in the order of the file. Raises ValueError for a row that is none: the tests read them all."""
    return tuple(map(_read_rule, read_rows("pregnancy_fr_2026")))


@cache
def list_rule_ids() -> frozenset[str]:
    """The ids of all rules that a person may say something of, those of ages too."""
    return frozenset((*(rule.id for rule in list_rules()), *(rule.id for rule in list_pregnancy_rules())))


def _read_rule(row: Mapping[str, str]) -> PregnancyRule:
    return PregnancyRule(
        id=row["id"],
        kind=PreventionKind(row["kind"]),
        subject=row["subject"],
        step=row["step"],
        obligation=Obligation(row["status"]),
        source=RuleSource(row["source"]),
        due=read_stage(row["due"]),
        late=read_stage(row["late"]) if row["late"] else None,
        until=read_stage(row["until"]),
        season=read_campaign(row["season"]) if row["season"] else None,
        wanted=read_wanted(row["counted"]),
    )


def is_offered(profile: Profile, today: date) -> bool:
    """Whether the booklet makes sense for somebody, as far as is known: it is then offered, and never pushed."""
    birth = find_birth(profile, today)
    return profile.sex is not Sex.MALE and birth is not None and age_on(birth, today).years in AGES


def find_advance(pregnancy: Pregnancy, today: date) -> Advance | None:
    """How far it is today, if it goes on and its days are known."""
    start, begun = pregnancy.last_period, pregnancy.beginning
    if not pregnancy.current or start is None or begun is None or today < start:
        return None
    month = next((number for number in range(1, MONTHS) if Duration(months=number).after(begun) > today), MONTHS)
    weeks, days = divmod((today - start).days, _WEEK)
    return Advance(weeks, days, month)


def find_span(pregnancy: Pregnancy) -> tuple[date, date] | None:
    """Its first day and the last one: that of its end, else the expected one; None where they are not known."""
    start, end = pregnancy.last_period, _find_end(pregnancy)
    return (start, end) if start and end and start <= end else None


def list_steps(
    pregnancy: Pregnancy, evidence: Evidence, marks: Mapping[str, Mark], today: date
) -> list[PreventionItem]:
    """Its calendar, in the order of the days. Of one that ended otherwise than by a birth nothing is told.

    Marks made before it began are those of another one.
    """
    start = pregnancy.last_period
    if start is None or pregnancy.status is PregnancyStatus.ENDED:
        return []
    own = {name: mark for name, mark in marks.items() if mark.day >= start}
    rules = [rule.settle(pregnancy, start) for rule in list_pregnancy_rules()]
    items = [judge_rule(one, start, evidence, own.get(one.id), today) for one in rules if _has_season(one, start)]
    return sorted(items, key=lambda item: item.rule.due)


def _has_season(rule: Rule, start: date) -> bool:
    """Whether its time of the year comes while it is proposed."""
    if rule.campaign is None or rule.until is None:
        return True
    return rule.campaign.find(rule.due.after(start)) < rule.until.after(start)


def _find_day(stage: Stage, pregnancy: Pregnancy, start: date) -> date:
    begun = pregnancy.beginning or start
    anchors = {Anchor.PERIOD: start, Anchor.BEGUN: begun, Anchor.AFTER: _find_end(pregnancy) or start}
    return stage.length.after(anchors[stage.anchor])


def _find_end(pregnancy: Pregnancy) -> date | None:
    """The day of its end where it is known to the day, else the expected one."""
    ended = pregnancy.until
    return ended.day if ended and ended.precision in (Precision.DAY, Precision.TIME) else pregnancy.expected
