"""Documents by episode, page after page."""

from mes_app.domain.document_filters import DocumentFilter, Order
from mes_app.domain.documents import Category
from mes_app.domain.values import PartialDate
from mes_app.store.database import Connection
from mes_app.store.episodes import list_by_episode
from tests.store.samples import CHILD, ME, make_incoming, save_one, save_page

BY_EPISODE = DocumentFilter(order=Order.EPISODE)


def save(con: Connection, rid: str, day: str, place: str, profile: str = ME, **told: object) -> None:
    key = f"{day}T00:00:00Z" if day else ""
    said = {"title": rid, "date_text": day, "date_key": key, "organization": place}
    save_one(con, profile, make_incoming(rid, **(said | told)))  # type: ignore[arg-type]


def fill(con: Connection) -> None:
    save(con, "a", "2026-01-10", "Clinique")
    save(con, "b", "2026-01-12", "Laboratoire", category="BIOLOGIE")
    save(con, "c", "2026-01-20", "Clinique", category="BIOLOGIE")
    save(con, "d", "", "Clinique", subtitle="Dr Benali")
    save(con, "e", "2026-01-21", "Clinique", CHILD.pid)
    save_page(con, ME, [make_incoming("f", withheld=True)])


def test_the_episode_that_ended_last_comes_first_and_tells_its_days_and_its_place(con: Connection) -> None:
    fill(con)
    found = list_by_episode(con, ME, BY_EPISODE)
    assert [row.title for row, _ in found] == ["c", "a", "b", "d"]
    (first, same, _, undated) = (episode for _, episode in found)
    assert first == same
    assert (first.place, first.count) == ("Clinique", 2)
    assert (first.first, first.last) == (PartialDate(text="2026-01-10"), PartialDate(text="2026-01-20"))
    assert (undated.first, undated.last, undated.count) == (None, None, 1)


def test_each_page_goes_on_where_the_one_before_ended(con: Connection) -> None:
    fill(con)
    titles, after = [], None
    while page := list_by_episode(con, ME, BY_EPISODE, after=after, limit=1):
        after = page[-1][0]
        titles.append(after.title)
    assert titles == ["c", "a", "b", "d"]


def test_a_filter_leaves_fewer_documents_of_the_same_episodes(con: Connection) -> None:
    fill(con)
    found = list_by_episode(con, ME, BY_EPISODE.model_copy(update={"category": Category.LABORATORY}))
    assert [(row.title, episode.count) for row, episode in found] == [("c", 2), ("b", 1)]


def test_episodes_are_found_in_an_index_alone(con: Connection) -> None:
    sql = "EXPLAIN QUERY PLAN SELECT date_key, lid, stay, organization, subtitle FROM res INDEXED BY res_by_stay"
    where = " WHERE withheld = 0 AND deleted = 0 AND behind = 0 AND profile = 'parent' AND kind = 'documents'"
    (plan,) = con.execute(sql + where)
    assert "COVERING INDEX res_by_stay (profile=? AND kind=?)" in plan[3]
