"""Slows down whoever guesses. A try is counted before it is judged, so that guesses sent together gain nothing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, insert, select, update

from mes_backend.database import writing
from mes_backend.login.errors import OAuthError
from mes_backend.login.tables import tries
from mes_backend.login.tokens import digest

FIRST_WAIT = 30
LONGEST_WAIT = 3600


@dataclass(frozen=True)
class Limit:
    """``free`` tries without waiting, then a wait that triples; all is forgotten after ``quiet`` seconds."""

    kind: str
    free: int
    quiet: int

    def on(self, name: str) -> "Subject":
        """This limit applied to ``name``, which may be anything that a stranger types."""
        return Subject(digest(f"{self.kind}:{name}"), self)


@dataclass(frozen=True)
class Subject:
    """What is counted: ``key`` stands for it in the table."""

    key: str
    limit: Limit


ACCOUNT = Limit("account", free=5, quiet=86_400)
ADDRESS = Limit("address", free=30, quiet=3600)
MAILBOX = Limit("mailbox", free=10, quiet=3600)


@dataclass(frozen=True)
class Tally:
    """The tries already counted for a subject, and when the last one was."""

    made: int = 0
    last_at: int = 0


@contextmanager
def counted(engine: Engine, now: int, subjects: Sequence[Subject]) -> Iterator[None]:
    """Count a try against ``subjects`` around its judgement, and take it back unless the judgement raises.

    Raises OAuthError("slow_down", 429) without a judgement when one of the subjects has to wait.
    """
    with writing(engine) as con:
        before = [(subject, count_try(con, subject, now)) for subject in subjects]
    yield
    with writing(engine) as con:
        for subject, tally in before:
            # The former time comes back too: a right password must not cost the wait of an earlier wrong code.
            values = {"made": tries.c.made - 1, "last_at": tally.last_at}
            con.execute(update(tries).where(tries.c.subject == subject.key).values(values))


def count_try(con: Connection, subject: Subject, now: int) -> Tally:
    """Count one try; returns the tally before it. Raises OAuthError("slow_down", 429) when ``subject`` has to wait."""
    tally = _read_tally(con, subject, now)
    if (wait := tally.last_at + derive_wait(tally.made, subject.limit) - now) > 0:
        raise OAuthError("slow_down", 429, retry_after=wait)
    forget_tries(con, subject)
    con.execute(insert(tries).values(subject=subject.key, made=tally.made + 1, last_at=now))
    return tally


def forget_tries(con: Connection, subject: Subject) -> None:
    """Start again from none."""
    con.execute(delete(tries).where(tries.c.subject == subject.key))


def derive_wait(made: int, limit: Limit) -> int:
    """Seconds to wait after ``made`` tries: 0 while they are free, then 30, 90, 270… up to an hour."""
    if made < limit.free:
        return 0
    return int(min(LONGEST_WAIT, FIRST_WAIT * 3 ** min(made - limit.free, 9)))


def _read_tally(con: Connection, subject: Subject, now: int) -> Tally:
    row = con.execute(select(tries.c.made, tries.c.last_at).where(tries.c.subject == subject.key)).one_or_none()
    if row is None or now - row.last_at > subject.limit.quiet:
        return Tally()
    return Tally(row.made, row.last_at)
