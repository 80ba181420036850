"""The tables of sign-in. No password, code or token stands in them in clear; times are seconds since 1970.

The one secret that must be readable is that of TOTP: whoever checks a code computes it.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from mes_backend.database import metadata

accounts = Table(
    "account",
    metadata,
    Column("user", String, primary_key=True),
    Column("password_hash", String, nullable=False),
    Column("person_id", String, nullable=False),
    Column("email", String),
    Column("totp_secret", String),
    Column("totp_step", Integer, nullable=False, default=0),
)


def _owner() -> Column[str]:
    return Column("user", ForeignKey("account.user", ondelete="CASCADE"), nullable=False, index=True)


challenges = Table(
    "challenge",
    metadata,
    Column("auth_session", String, primary_key=True),
    _owner(),
    Column("key", String, nullable=False),
    Column("code_challenge", String),
    Column("replaces", String),
    Column("otp", String),
    Column("tries", Integer, nullable=False, default=0),
    Column("sent_at", Integer, nullable=False),
    Column("expires_at", Integer, nullable=False),
)

grants = Table(
    "authorization_grant",
    metadata,
    Column("code", String, primary_key=True),
    _owner(),
    Column("key", String, nullable=False),
    Column("code_challenge", String, nullable=False),
    Column("replaces", String),
    Column("expires_at", Integer, nullable=False),
)

sessions = Table(
    "session",
    metadata,
    Column("id", String, primary_key=True),
    _owner(),
    Column("key", String, nullable=False),
    Column("code", String, nullable=False, index=True),
    Column("auth_session", String, nullable=False, unique=True),
    Column("access", String, nullable=False, unique=True),
    Column("access_expires_at", Integer, nullable=False),
    Column("access_used", Boolean, nullable=False, default=False),
    Column("refresh", String, nullable=False, unique=True),
    Column("previous_refresh", String, index=True),
    Column("renew_by", Integer, nullable=False),
)

tries = Table(
    "sign_in_try",
    metadata,
    Column("subject", String, primary_key=True),
    Column("made", Integer, nullable=False),
    Column("last_at", Integer, nullable=False),
)
