"""A pregnancy that a person declares, and the days that are counted from it. Never guessed from anything else."""

from datetime import date, timedelta
from enum import StrEnum

from mes_app.domain.record import Entry
from mes_app.domain.values import PartialDate

WEEKS = 41
TO_BEGINNING = timedelta(days=14)
TO_TERM = timedelta(weeks=WEEKS)


class PregnancyStatus(StrEnum):
    """Where it stands: going on, ended by a birth, or ended."""

    CURRENT = "current"
    BIRTH = "birth"
    ENDED = "ended"


class Basis(StrEnum):
    """What the day that a person gives is."""

    BEGINNING = "beginning"
    LAST_PERIOD = "last_period"
    EXPECTED = "expected"


_SINCE_PERIOD = {Basis.BEGINNING: TO_BEGINNING, Basis.LAST_PERIOD: timedelta(), Basis.EXPECTED: TO_TERM}


class Pregnancy(Entry):
    """One pregnancy. ``day`` is the ``basis`` of all others, to the day; without it none of them can be told.

    Weeks are those of amenorrhoea (SA), from the last period on. A pregnancy begins two weeks after it. As is usual in
    France, birth is expected after 41 weeks, which are nine months of pregnancy: professionals count the nine months by
    the calendar or by weeks, three days apart at most, and the day that they give can be given instead.
    """

    status: PregnancyStatus = PregnancyStatus.CURRENT
    basis: Basis = Basis.BEGINNING
    day: PartialDate | None = None
    until: PartialDate | None = None

    @property
    def current(self) -> bool:
        """Whether it goes on."""
        return self.status is PregnancyStatus.CURRENT

    @property
    def last_period(self) -> date | None:
        """The first day of the last period, or what stands for it: that of 0 weeks."""
        return self.day.day - _SINCE_PERIOD[self.basis] if self.day and self.day.day else None

    @property
    def beginning(self) -> date | None:
        """« Début de grossesse »."""
        return self.last_period + TO_BEGINNING if self.last_period else None

    @property
    def expected(self) -> date | None:
        """« Date présumée d’accouchement »."""
        return self.last_period + TO_TERM if self.last_period else None
