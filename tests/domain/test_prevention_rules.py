"""The rules of prevention, as the file tells them."""

from datetime import date

import pytest

from mes_app.domain.durations import Duration
from mes_app.domain.people import Sex
from mes_app.domain.prevention_rules import Campaign, PreventionKind, list_rules, read_rule
from mes_app.i18n import t

BIRTH = date(2000, 2, 29)
ROW = {
    "id": "vac",
    "kind": "vaccines",
    "subject": "Vaccin",
    "step": "",
    "status": "offered",
    "source": "CV25",
    "sex": "",
    "born_from": "",
    "born_before": "",
    "due": "P2M",
    "late": "",
    "until": "",
    "repeat": "",
    "counted": "",
    "dose": "1",
    "since": "",
    "unless": "",
}


def test_every_rule_of_the_file_is_read_and_makes_sense() -> None:
    rules = list_rules()
    names = [rule.id for rule in rules]
    assert len(set(names)) == len(names) == 61
    for rule in rules:
        ages = [age.after(BIRTH) for age in (rule.due, rule.late, rule.until) if age]
        assert ages == sorted(ages), rule.id
        assert rule.subject, rule.id
        assert rule.doses == 1 or not (rule.repeat or rule.campaign), rule.id
        assert rule.unless in ("", *names), rule.id
        assert bool(rule.wanted.words) is (rule.kind is not PreventionKind.EXAMS or "certificat" in rule.subject)
        assert t(f"prevention.source_{rule.source}")


def test_there_are_twenty_examinations_of_childhood_of_which_fourteen_before_the_fourth_birthday() -> None:
    exams = [rule for rule in list_rules() if rule.kind is PreventionKind.EXAMS]
    assert len(exams) == 20
    assert len([rule for rule in exams if rule.due < Duration(months=48)]) == 14


@pytest.mark.parametrize(
    "wrong",
    [
        {"due": ""},
        {"due": "two months"},
        {"status": "advised"},
        {"source": "someone"},
        {"kind": "magic"},
        {"sex": "F"},
        {"born_from": "2018"},
        {"repeat": "yearly"},
        {"repeat": "02-30/P4M"},
        {"dose": ""},
    ],
)
def test_a_row_that_is_no_rule_is_refused(wrong: dict[str, str]) -> None:
    read_rule(ROW)
    with pytest.raises(ValueError, match=r".*"):
        read_rule({**ROW, **wrong})


def test_repeats_are_gaps_or_campaigns() -> None:
    assert read_rule({**ROW, "repeat": "P1Y,P3Y"}).repeat == (Duration(months=12), Duration(months=36))
    campaign = read_rule({**ROW, "repeat": "10-15/P4M"}).campaign
    assert campaign == Campaign(10, 15, Duration(months=4))
    assert campaign.begin(2026) == date(2026, 10, 15)


def test_what_counts_is_found_by_code_or_by_words_in_any_spelling() -> None:
    wanted = read_rule({**ROW, "counted": "J07BM|hpv|tetanos+coqueluche|m't dents"}).wanted
    assert wanted.fits("J07BM03", "")
    assert wanted.fits("", "Vaccin HPV")
    assert wanted.fits("", "Coqueluche, Tétanos")
    assert wanted.fits("", "Rendez-vous M’T Dents")
    assert not wanted.fits("J07BB02", "Tétanos")
    assert not wanted.fits("", "")


def test_influenza_is_not_haemophilus_influenzae() -> None:
    rules = {rule.id: rule for rule in list_rules()}
    assert not rules["vac-grippe-65"].wanted.fits("J07CA09", "Hexavalent Haemophilus influenzae b")


@pytest.mark.parametrize(("sex", "concerned"), [(Sex.FEMALE, True), (Sex.MALE, False), (Sex.UNKNOWN, True)])
def test_who_may_be_concerned_is(sex: Sex, concerned: bool) -> None:
    assert read_rule({**ROW, "sex": "female"}).concerns(BIRTH, sex) is concerned


def test_a_rule_may_be_for_those_born_between_two_days() -> None:
    rule = read_rule({**ROW, "born_from": "2018-01-01", "born_before": "2020-01-01"})
    born = [date(2017, 12, 31), date(2018, 1, 1), date(2019, 12, 31), date(2020, 1, 1)]
    assert [rule.concerns(birth, Sex.FEMALE) for birth in born] == [False, True, True, False]
