"""How far back documents are kept."""

from datetime import UTC, datetime

import pytest

from mes_app.domain.keeping import Policy


@pytest.mark.parametrize(
    ("months", "since"),
    [(0, ""), (3, "2026-02-28"), (6, "2025-11-30"), (12, "2025-05-31"), (24, "2024-05-31")],
)
def test_documents_are_kept_from_the_same_day_so_many_months_ago(months: int, since: str) -> None:
    assert Policy(months=months).since(datetime(2026, 5, 31, 23, tzinfo=UTC)) == since
