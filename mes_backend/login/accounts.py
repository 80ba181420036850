"""Who may sign in: names, stored passwords, and where the one-time code of each comes from."""

import unicodedata
from dataclasses import asdict, dataclass, field, fields

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from pyotp.exceptions import OTPVerificationError
from sqlalchemy import Connection, delete, insert, select, update

from mes_backend.login.tables import accounts, sessions

EMAIL = "email"
TOTP = "totp"


@dataclass(frozen=True)
class Account:
    """A person who signs in. With a TOTP secret the code comes from an authenticator, otherwise by e-mail."""

    user: str
    person_id: str
    password_hash: str = field(repr=False)
    email: str | None = field(default=None, repr=False)
    totp_secret: str | None = field(default=None, repr=False)

    @property
    def channel(self) -> str:
        """``totp`` or ``email``."""
        return TOTP if self.totp_secret else EMAIL

    @property
    def hint(self) -> str:
        """Enough of the e-mail address to recognise it (``c•••@exemple.fr``); empty for an authenticator."""
        if self.channel == TOTP or not self.email:
            return ""
        name, _, domain = self.email.partition("@")
        return f"{name[:1]}•••@{domain}"


_COLUMNS = tuple(accounts.c[column.name] for column in fields(Account))


class Passwords:
    """Stored passwords. A name that nobody has costs the same work as one that somebody has (control A1)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._decoy = self._hasher.hash("")

    def hash(self, secret: str) -> str:
        """What to store of a password or of a one-time code."""
        return self._hasher.hash(_normalise(secret))

    def match(self, stored: str | None, secret: str) -> bool:
        """Whether ``secret`` was the one stored; with nothing stored the answer is no, after the same work."""
        try:
            self._hasher.verify(stored or self._decoy, _normalise(secret))
        except VerifyMismatchError:
            return False
        return stored is not None


def fold_user(user: str) -> str:
    """A user name as it is stored: phones add capitals and spaces that nobody meant."""
    return user.strip().casefold()


def add_account(con: Connection, account: Account) -> None:
    """Store a new account. Raises sqlalchemy.exc.IntegrityError when the name is taken."""
    con.execute(insert(accounts).values({**asdict(account), "user": fold_user(account.user)}))


def find_account(con: Connection, user: str) -> Account | None:
    """The account named ``user``, as typed by a person or as stored."""
    row = con.execute(select(*_COLUMNS).where(accounts.c.user == fold_user(user))).mappings().one_or_none()
    return Account(**row) if row else None


def list_authenticators(con: Connection) -> list[Account]:
    """The accounts whose codes come from an authenticator, by name."""
    query = select(*_COLUMNS).where(accounts.c.totp_secret.is_not(None)).order_by(accounts.c.user)
    return [Account(**row) for row in con.execute(query).mappings()]


def change_password(con: Connection, user: str, password_hash: str) -> None:
    """Store a new password and end every session opened with the former one."""
    con.execute(update(accounts).where(accounts.c.user == fold_user(user)).values(password_hash=password_hash))
    con.execute(delete(sessions).where(sessions.c.user == fold_user(user)))


def accept_totp(con: Connection, account: Account, code: str, now: int) -> bool:
    """Whether the authenticator shows ``code`` now, one step early or late; each step is accepted once."""
    try:
        step = pyotp.TOTP(account.totp_secret or "").verify_and_get_timecode(code, for_time=now, valid_window=1)
    except OTPVerificationError:
        return False
    unused = (accounts.c.user == account.user) & (accounts.c.totp_step < step)
    return con.execute(update(accounts).where(unused).values(totp_step=step)).rowcount == 1


def _normalise(secret: str) -> str:
    """Keyboards compose accents differently: the same password must give the same bytes."""
    return unicodedata.normalize("NFC", secret)
