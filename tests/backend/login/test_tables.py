from sqlalchemy import inspect

from mes_backend.database import make_engine, metadata
from mes_backend.login import tables

OWNED = (tables.challenges, tables.grants, tables.sessions)


def test_whatever_belongs_to_an_account_goes_with_it() -> None:
    for table in OWNED:
        (key,) = table.c.user.foreign_keys
        assert key.target_fullname == "account.user"
        assert key.ondelete == "CASCADE"


def test_the_tables_can_be_made() -> None:
    engine = make_engine("sqlite://")
    metadata.create_all(engine)
    assert {"account", "challenge", "session"} <= set(inspect(engine).get_table_names())
    engine.dispose()
