"""What is being typed."""

from mes_app.store.database import Connection
from mes_app.store.drafts import drop_draft, get_draft, save_draft
from tests.store.samples import CHILD, PARENT


def test_a_draft_is_read_back_as_last_kept_until_it_is_dropped(con: Connection) -> None:
    assert get_draft(con, PARENT.pid, "allergies") is None
    for body in ("{}", '{"name": "Pén"}'):
        save_draft(con, PARENT.pid, "allergies", body)
    assert get_draft(con, PARENT.pid, "allergies") == '{"name": "Pén"}'
    drop_draft(con, PARENT.pid, "allergies")
    assert get_draft(con, PARENT.pid, "allergies") is None


def test_each_profile_and_form_has_its_own(con: Connection) -> None:
    save_draft(con, PARENT.pid, "allergies", "{}")
    assert get_draft(con, CHILD.pid, "allergies") is get_draft(con, PARENT.pid, "vaccines") is None
