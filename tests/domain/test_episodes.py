from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.episodes import DAYS, Mark, list_episodes


def mark(name: str, day: str, *, stay: str = "", organization: str = "", author: str = "") -> Mark:
    return Mark(f"{day}T00:00:00Z" if day else "", name, stay, organization, author)


def told(*marks: Mark) -> list[str]:
    return ["".join(each.id for each in part) for part in list_episodes(marks)]


def test_documents_of_one_stay_are_an_episode_however_far_apart() -> None:
    assert told(
        mark("a", "2024-01-01", stay="Encounter/1", organization="x"),
        mark("b", "2026-01-01", stay="Encounter/1", organization="y"),
        mark("c", "2026-01-02", stay="Encounter/2", organization="y"),
    ) == ["c", "ba"]


def test_without_a_stay_the_same_place_within_some_days_of_the_one_before_is_one_episode() -> None:
    assert DAYS == 15
    marks = [mark("a", "2026-01-01", organization="x"), mark("b", "2026-01-16", organization="x", author="z")]
    assert told(*marks, mark("c", "2026-01-31", organization="x")) == ["cba"]
    assert told(*marks, mark("c", "2026-02-01", organization="x")) == ["c", "ba"]
    assert told(*marks, mark("c", "2026-01-17", organization="y")) == ["c", "ba"]
    assert told(mark("a", "2026-01-01", author="x"), mark("b", "2026-01-02", author="x")) == ["ba"]


def test_what_has_neither_place_nor_author_is_alone_and_what_has_no_date_comes_last() -> None:
    assert told(mark("a", "2026-01-01"), mark("b", "2026-01-01")) == ["b", "a"]
    assert told(mark("a", "", organization="x"), mark("b", "", organization="x"), mark("c", "2020-01-01")) == [
        "c",
        "ba",
    ]
    assert told(mark("a", "", organization="x"), mark("b", "0001-01-03", organization="x")) == ["b", "a"]


def test_a_year_counts_from_its_first_day() -> None:
    year = Mark("2026", "a", "", "x", "")
    assert told(year, mark("b", "2026-01-16", organization="x")) == ["ba"]
    assert told(year, mark("b", "2026-01-17", organization="x")) == ["b", "a"]


_marks = st.lists(
    st.tuples(
        st.sampled_from(["", "2026-01-01", "2026-01-10", "2026-01-30", "2026-03-01"]),
        st.sampled_from(["", "", "Encounter/1"]),
        st.sampled_from(["", "x", "y"]),
        st.sampled_from(["", "z"]),
    )
)


@given(_marks)
def test_each_document_is_in_one_episode_and_those_follow_one_another(told: list[tuple[str, str, str, str]]) -> None:
    marks = [mark(str(place), day, stay=s, organization=o, author=a) for place, (day, s, o, a) in enumerate(told)]
    parts = list_episodes(marks)
    assert sorted(each for part in parts for each in part) == sorted(marks)
    assert all(part == sorted(part, reverse=True) for part in parts)
    assert [part[0] for part in parts] == sorted((part[0] for part in parts), reverse=True)
