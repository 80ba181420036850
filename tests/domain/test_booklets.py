from dataclasses import replace
from datetime import date

from mes_app.domain.booklets import Booklet, Photo, arrange_pages, find_next, is_minor, list_ages
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.people import Profile, Sex
from mes_app.domain.prevention import Evidence, list_prevention
from mes_app.domain.prevention_rules import PreventionKind, list_rules
from mes_app.domain.record import Kind, Row
from mes_app.domain.sections.pages import Page
from mes_app.domain.values import PartialDate

BIRTH = date(2025, 9, 1)
TODAY = date(2026, 11, 22)
CHILD = Profile(pid="p", name="Jeanne", birth=PartialDate(text="2025-09-01"), sex=Sex.FEMALE)
WEIGHT = Row(
    id="w", profile="p", kind=Kind.MEASURES, category=MeasureType.WEIGHT, date_text="2026-09-03T10:00:00+02:00", value=9
)


def make_page(name: str, day: str = "", unique_id: str = "", text: str | None = "Notes", rank: str = "1") -> Page:
    return Page(
        id=f"{name}-{rank}", page=name, date=PartialDate(text=day) if day else None, text=text, unique_id=unique_id
    )


def test_there_is_a_page_for_birth_and_for_each_of_the_twenty_examinations() -> None:
    exams = [rule.id for rule in list_rules() if rule.kind is PreventionKind.EXAMS]
    assert list(list_ages()) == ["birth", *exams]
    assert len(set(list_ages().values())) == 21


def test_pages_of_one_s_own_come_after_those_of_all_ages_the_oldest_first() -> None:
    pages = arrange_pages([make_page("Vacances", "2026-08"), make_page("Crèche", "2026-01")], [], [], [])
    assert [page.name for page in pages[-2:]] == ["Crèche", "Vacances"]
    assert [page.id for page in pages[:2]] == ["birth", "exam-01"]
    assert pages[-1].id == "Vacances-1"


def test_a_page_gathers_what_two_people_noted_its_photos_the_measures_of_its_day_and_its_examination() -> None:
    notes = [make_page("12e mois", "2026-09-03", "urn:1"), make_page("12e mois", "", "urn:2", rank="2")]
    photos = [Photo(id=str(rank), page=f"urn:{rank}", title="Photo") for rank in (1, 2, 3)]
    tall = Row(id="t", profile="p", kind=Kind.MEASURES, category=MeasureType.TEMPERATURE, date_text="2026-09-03")
    exams = list_prevention(BIRTH, Sex.FEMALE, Evidence(), {}, TODAY)
    page = next(page for page in arrange_pages(notes, photos, [WEIGHT, tall], exams) if page.id == "exam-09")
    assert [note.id for note in page.notes] == ["12e mois-2", "12e mois-1"]
    assert [photo.id for photo in page.photos] == ["1", "2"]
    assert page.measures == (WEIGHT,)
    assert page.exam is not None
    assert page.exam.id == "exam-09"
    assert page.is_filled


def test_a_year_alone_is_no_day_on_which_something_was_measured() -> None:
    pages = arrange_pages([make_page("Crèche", "2026")], [], [WEIGHT], [])
    assert pages[-1].measures == ()


def test_what_was_measured_on_the_day_of_birth_stands_on_its_page() -> None:
    born = replace(WEIGHT, date_text="2025-09-01")
    pages = arrange_pages([], [], [born, WEIGHT], [], PartialDate(text="2025-09-01"))
    assert [page.measures for page in pages if page.measures] == [(born,)]
    assert pages[0].measures == (born,)


def test_what_comes_next_is_what_may_be_done_now_else_what_is_due_first() -> None:
    items = list_prevention(BIRTH, Sex.FEMALE, Evidence(), {}, TODAY)
    exam, vaccine = (find_next(items, kind) for kind in (PreventionKind.EXAMS, PreventionKind.VACCINES))
    assert exam is not None
    assert exam.id == "exam-09"
    assert vaccine is not None
    assert vaccine.due is not None
    assert vaccine.due <= TODAY
    assert find_next([], PreventionKind.EXAMS) is None


def test_a_page_without_words_or_photos_is_empty() -> None:
    pages = arrange_pages([make_page("Crèche", text=None)], [], [], [])
    assert not pages[-1].is_filled
    assert not pages[0].is_filled


def test_a_page_is_found_by_its_age_and_by_its_record() -> None:
    booklet = Booklet(CHILD, pages=arrange_pages([make_page("Naissance")], [], [], []))
    by_age, by_record = booklet.find_page("birth"), booklet.find_page("Naissance-1")
    assert by_age is by_record is not None
    assert booklet.find_page("nowhere") is None


def test_there_is_a_booklet_until_the_day_one_is_eighteen() -> None:
    assert is_minor(CHILD, date(2043, 8, 31))
    assert not is_minor(CHILD, date(2043, 9, 1))
    assert not is_minor(Profile(pid="q", name="X"), TODAY)
