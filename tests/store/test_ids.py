"""Our own ids."""

from mes_app.store.ids import make_id


def test_ids_are_all_different_and_sort_by_time() -> None:
    ids = [make_id() for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert ids == sorted(ids)
