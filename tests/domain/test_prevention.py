"""What prevention offers at which age."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.people import Profile, Sex
from mes_app.domain.prevention import (
    Choice,
    Evidence,
    Mark,
    PreventionItem,
    State,
    find_birth,
    group_topics,
    is_child,
    list_prevention,
)
from mes_app.domain.prevention_rules import PreventionKind
from mes_app.domain.record import Kind, Row
from mes_app.domain.values import PartialDate

TODAY = date(2026, 11, 22)
GIRL, BOY = Sex.FEMALE, Sex.MALE
FEMALE_ONLY = {"scr-sein", "scr-col-25", "scr-col-30"}


def born(years: int, months: int = 0) -> date:
    """The birth of somebody who has that age on ``TODAY``, since ten days."""
    total = TODAY.year * 12 + TODAY.month - 1 - years * 12 - months
    return date(total // 12, total % 12 + 1, TODAY.day - 10)


def done(title: str, day: str, *, code: str = "", kind: Kind = Kind.VACCINES, status: str = "completed") -> Row:
    return Row(id=f"{title}-{day}", profile="p", kind=kind, title=title, code=code, date_text=day, status=status)


def ask(birth: date, *rows: Row, sex: Sex = GIRL, today: date = TODAY, **marks: Mark) -> dict[str, PreventionItem]:
    said = {name.replace("_", "-"): mark for name, mark in marks.items()}
    return {item.id: item for item in list_prevention(birth, sex, Evidence(rows), said, today)}


def states(birth: date, *rows: Row, sex: Sex = GIRL) -> dict[str, State]:
    return {name: item.state for name, item in ask(birth, *rows, sex=sex).items()}


@pytest.mark.parametrize("sex", [GIRL, BOY])
def test_z13_at_birth_the_first_examinations_are_told_and_all_twenty_are_listed(sex: Sex) -> None:
    told = states(TODAY, sex=sex)
    assert told["exam-01"] is State.DUE
    assert (told["exam-02"], told["exam-03"], told["exam-08"]) == (State.SOON, State.SOON, State.LATER)
    assert told["vac-vrs-infant"] is State.DUE
    assert (told["vac-hexa-1"], told["vac-menb-1"], told["vac-ror-1"]) == (State.SOON, State.SOON, State.LATER)
    assert len([name for name in told if name.startswith("exam-")]) == 20
    assert not FEMALE_ONLY & told.keys()
    assert not [name for name in told if name.startswith(("scr-", "bil-"))]


@pytest.mark.parametrize("sex", [GIRL, BOY])
def test_z13_at_25_months_the_third_certificate_is_late_and_what_is_over_is_only_not_noted(sex: Sex) -> None:
    told = states(born(2, 1), sex=sex)
    assert told["exam-11"] is State.OVER
    assert (told["exam-12"], told["exam-13"]) == (State.LATE, State.DUE)
    assert (told["vac-hexa-1"], told["vac-ror-2"]) == (State.LATE, State.LATE)
    assert not {"vac-pneumo-1", "vac-rota-1", "vac-vrs-infant", "vac-menb-1"} & told.keys()
    assert told["dent-annual"] is State.LATER


@pytest.mark.parametrize("sex", [GIRL, BOY])
def test_z13_at_11_years_the_vaccines_of_adolescence_begin_for_girls_and_boys(sex: Sex) -> None:
    told = states(born(11), sex=sex)
    begun = ("exam-19", "vac-hpv", "vac-dtcap-11", "vac-acwy-ado", "vac-hepb-catchup", "dent-annual")
    assert {told[name] for name in begun} == {State.DUE}
    assert told["exam-18"] is State.OVER
    assert "vac-dtcap-6" not in told
    assert (told["vac-menb-ado"], told["bil-18"], told["vac-ror-catchup"]) == (State.LATER,) * 3


@pytest.mark.parametrize(("sex", "cervical"), [(GIRL, State.DUE), (BOY, None)])
def test_z13_at_25_years_the_cervix_is_told_to_women_and_examinations_of_childhood_are_gone(
    sex: Sex, cervical: State | None
) -> None:
    told = states(born(25), sex=sex)
    assert told.get("scr-col-25") is cervical
    assert (told["vac-dtcap-25"], told["bil-18"], told["vac-hpv-catchup"]) == (State.DUE,) * 3
    assert not [name for name in told if name.startswith(("exam-", "dent-"))]
    assert "vac-menb-ado" not in told


@pytest.mark.parametrize(("years", "state"), [(49, State.LATER), (50, State.DUE), (74, State.DUE), (75, None)])
def test_z13_two_cancers_are_looked_for_from_50_until_74_years(years: int, state: State | None) -> None:
    told = states(born(years))
    assert (told.get("scr-sein"), told.get("scr-colorectal")) == (state, state)
    men = states(born(years), sex=BOY)
    assert "scr-sein" not in men
    assert men.get("scr-colorectal") is state


@pytest.mark.parametrize("sex", [GIRL, BOY])
def test_z13_at_65_years_the_vaccines_of_that_age_begin_and_at_75_another(sex: Sex) -> None:
    told = states(born(65), sex=sex)
    begun = ("vac-dtp-65", "vac-grippe-65", "vac-covid-65", "vac-pneumo-65", "vac-zona-65", "bil-60")
    assert {told[name] for name in begun} == {State.DUE}
    assert "vac-dtp-45" not in told
    assert told.get("scr-col-30") is (State.DUE if sex is GIRL else None)
    assert told["vac-vrs-75"] is State.LATER
    assert states(born(75), sex=sex)["vac-vrs-75"] is State.DUE
    assert states(born(75), sex=sex)["bil-70"] is State.DUE


def test_z13_born_on_a_leap_day_or_a_31st_each_date_is_one_that_exists() -> None:
    assert ask(date(2024, 2, 29))["exam-13"].due == date(2026, 3, 29)
    assert ask(date(2024, 2, 29))["exam-14"].due == date(2027, 3, 1)
    born_last = ask(date(2026, 8, 31))
    assert born_last["exam-03"].due == date(2026, 10, 1)
    assert born_last["vac-hexa-1"].due == date(2026, 10, 31)


@given(st.dates(date(1900, 1, 1), TODAY), st.sampled_from(Sex), st.dates(TODAY, date(2030, 1, 1)))
def test_whoever_was_born_whenever_is_told_something_that_holds(birth: date, sex: Sex, today: date) -> None:
    for item in list_prevention(birth, sex, Evidence(), {}, today):
        assert (item.due is None) is (item.state in (State.OVER, State.DONE))
        if item.due:
            assert (item.due <= today) is (item.state in (State.DUE, State.LATE))
        assert item.state is not State.DONE


def test_each_dose_counts_once_and_the_next_one_is_told() -> None:
    hexa = [done("Hexavalent", "2025-11-25", code="J07CA09"), done("INFANRIX HEXA", "2025-11-25")]
    told = ask(born(1, 2), *hexa, done("Hexyon", "2026-01-25"))
    first, second, third = (told[f"vac-hexa-{dose}"] for dose in (1, 2, 3))
    assert (first.state, second.state, third.state) == (State.DONE, State.DONE, State.LATE)
    assert (first.last, second.last) == (PartialDate(text="2025-11-25"), PartialDate(text="2026-01-25"))


def test_what_did_not_happen_and_what_is_no_vaccine_do_not_count() -> None:
    refused = done("Hexavalent", "2025-11-25", status="not-done")
    procedure = done("Hexavalent", "2025-11-25", kind=Kind.PROCEDURES)
    assert states(born(1, 2), refused, procedure)["vac-hexa-1"] is State.LATE


def test_a_booster_counts_from_its_age_on_and_a_year_alone_may_be_enough() -> None:
    birth = date(1988, 7, 12)
    assert states(birth, done("DTCaP", "1999"))["vac-dtcap-25"] is State.LATE
    assert states(birth, done("DTCaP", "2013"))["vac-dtcap-25"] is State.DONE


def test_a_catch_up_is_of_no_use_to_whom_was_vaccinated_in_time() -> None:
    in_time = [done("HPV", "2023-01-01"), done("HPV", "2023-07-01")]
    told = states(date(2010, 5, 5), *in_time)
    assert told["vac-hpv"] is State.DONE
    assert "vac-hpv-catchup" not in told
    assert states(date(2010, 5, 5))["vac-hpv-catchup"] is State.DUE


def test_a_screening_comes_again_two_years_after_and_no_more_at_its_last_age() -> None:
    mammography = done("Mammographie de dépistage", "2025-12-01", kind=Kind.PROCEDURES)
    seen = ask(born(60), mammography)["scr-sein"]
    assert (seen.state, seen.due, seen.last) == (State.LATER, date(2027, 12, 1), PartialDate(text="2025-12-01"))
    last = ask(born(74), mammography)["scr-sein"]
    assert (last.state, last.due) == (State.DONE, None)


def test_smears_come_after_one_year_and_then_after_three() -> None:
    smears = [done("Frottis cervico-utérin", day, kind=Kind.PROCEDURES) for day in ("2025-01-10", "2026-01-10")]
    birth = date(1999, 12, 1)
    assert ask(birth, smears[0])["scr-col-25"].due == date(2026, 1, 10)
    assert ask(birth, *smears)["scr-col-25"].due == date(2029, 1, 10)


@pytest.mark.parametrize(
    ("today", "day", "due"),
    [
        (date(2026, 11, 22), "2025-11-01", date(2026, 10, 15)),
        (date(2026, 11, 22), "2026-10-02", date(2027, 10, 15)),
        (date(2027, 3, 1), "2025-11-01", date(2027, 10, 15)),
        (date(2027, 1, 10), "2025-11-01", date(2026, 10, 15)),
    ],
)
def test_a_campaign_is_of_each_autumn_and_over_in_spring(today: date, day: str, due: date) -> None:
    assert ask(date(1950, 1, 1), done("Grippe", day), today=today)["vac-grippe-65"].due == due


def test_what_was_done_elsewhere_and_what_is_not_for_somebody_are_believed() -> None:
    mark = Mark(Choice.DONE, date(2026, 1, 31))
    told = ask(born(60), scr_sein=mark, vac_dtp_45=mark, scr_colorectal=Mark(Choice.NOT_FOR_ME, TODAY))
    assert (told["scr-sein"].due, told["scr-sein"].last, told["scr-sein"].mark) == (
        date(2028, 1, 31),
        None,
        Choice.DONE,
    )
    assert (told["vac-dtp-45"].state, told["vac-dtp-45"].mark) == (State.DONE, Choice.DONE)
    assert told["scr-colorectal"].state is State.NOT_FOR_ME
    assert ask(born(12), vac_hpv=mark)["vac-hpv"].state is State.DONE
    assert ask(born(9), exam_01=mark)["exam-01"].state is State.DONE


def test_an_item_tells_what_it_is_and_who_says_so() -> None:
    item = ask(TODAY)["vac-hexa-1"]
    assert item.title == "DTCaP-Hib-Hépatite B, dose 1"
    assert (item.kind, item.obligation, item.source) == (PreventionKind.VACCINES, "mandatory", "CV25")


def test_the_doses_of_a_vaccine_are_one_topic_of_which_the_next_one_is_told() -> None:
    rows = [done("Hexavalent", "2025-11-25"), done("Hexavalent", "2026-01-25")]
    topics = {topic.subject: topic for topic in group_topics(ask(born(1, 2), *rows).values())}
    hexa = topics["DTCaP-Hib-Hépatite B"]
    assert [item.id for item in hexa.items] == ["vac-hexa-1", "vac-hexa-2", "vac-hexa-3"]
    assert (hexa.main.id, hexa.is_near) == ("vac-hexa-3", True)
    assert not topics["DTCaP"].is_near
    all_done = group_topics(ask(born(1, 2), *rows, done("Hexavalent", "2026-09-25")).values())
    assert next(topic for topic in all_done if topic.subject == hexa.subject).main.id == "vac-hexa-3"


def test_an_age_needs_a_day_of_birth_that_has_come() -> None:
    def find(text: str) -> date | None:
        return find_birth(Profile(pid="p", birth=PartialDate(text=text)), TODAY)

    assert find("2026-11-22") == TODAY
    assert [find(text) for text in ("2026", "2026-11", "2026-11-23", "9999-12-31", "odd")] == [None] * 5
    assert find_birth(Profile(pid="p"), TODAY) is None


def test_a_child_is_under_eighteen() -> None:
    assert is_child(born(18) + timedelta(days=11), TODAY)
    assert not is_child(born(18), TODAY)


def test_a_certificate_or_a_report_tells_what_was_done_and_a_prescription_does_not() -> None:
    report = replace(done("Mammographie de dépistage", "2026-02-10", kind=Kind.DOCUMENTS), category="CPT_REND")
    told = ask(born(55), report)["scr-sein"]
    assert (told.last, told.record) == (PartialDate(text="2026-02-10"), report)
    ordered = replace(report, category="ORD_SOIN")
    assert ask(born(55), ordered)["scr-sein"].last is None
    certificate = replace(done("Certificat du 9e mois", TODAY.isoformat(), kind=Kind.DOCUMENTS), category="CERT_MED")
    assert ask(born(0, 9), certificate)["exam-08"].state is State.DONE


def test_what_the_person_says_it_is_not_does_not_count() -> None:
    birth, row = born(55), done("Mammographie", "2026-02-10", kind=Kind.PROCEDURES)
    items = list_prevention(birth, GIRL, Evidence([row], {("scr-sein", row.id)}), {}, TODAY)
    assert next(item for item in items if item.id == "scr-sein").last is None
    others = list_prevention(birth, GIRL, Evidence([row], {("scr-col-30", row.id)}), {}, TODAY)
    assert next(item for item in others if item.id == "scr-sein").record == row
