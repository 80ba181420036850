"""What is looked for, and where it is found."""

import gc
import weakref

import pytest

from mes_app.domain.searching import (
    EXCERPT,
    MOST_TERMS,
    _make_pattern,
    find_hits,
    forget_queries,
    holds_all,
    make_excerpt,
    parse_query,
    split_words,
)


def list_marked(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in find_hits(text, parse_query(query))]


def test_words_are_split_without_accents_case_and_marks() -> None:
    assert split_words("L’œdème : HbA1c à 7,2 % (covid-19)") == ["l", "oedeme", "hba1c", "a", "7", "2", "covid", "19"]


def test_the_last_word_may_be_begun_and_the_others_are_whole() -> None:
    assert [(term.forms[0], term.begun) for term in parse_query("Dr Ben")] == [("dr", False), ("ben", True)]


def test_a_letter_alone_is_no_beginning() -> None:
    (_, last) = parse_query("hépatite b")
    assert not last.begun


@pytest.mark.parametrize("query", ["", "  ", "…", "l'", '"*(', "-"])
def test_what_holds_no_word_looks_for_nothing(query: str) -> None:
    assert parse_query(query) == ()


@pytest.mark.parametrize("query", ["l'hémorragie", "l’hemorragie", "d'HÉMORRAGIE", "qu’hémorragie"])
def test_what_is_elided_is_not_looked_for(query: str) -> None:
    assert [term.forms[0] for term in parse_query(query)] == ["hemorragie"]


def test_a_word_that_holds_an_apostrophe_stays_whole() -> None:
    assert [term.forms[0] for term in parse_query("aujourd'hui")] == ["aujourd", "hui"]


def test_a_query_is_bounded() -> None:
    assert len(parse_query("mot " * 100)) == MOST_TERMS
    assert len(parse_query("a" * 10_000)[0].forms[0]) < 100


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("analyses", "analyse"),
        ("genoux", "genou"),
        ("analyse", "analyses"),
        ("genou", "genoux"),
        ("journaux", "journal"),
        ("rénal", "renaux"),
        ("œdèmes", "oedeme"),
    ],
)
def test_the_other_number_of_a_word_is_looked_for_too(query: str, other: str) -> None:
    assert other in parse_query(f"{query} fin")[0].forms


@pytest.mark.parametrize("query", ["os", "dos", "b12", "covid19s"])
def test_short_words_and_codes_have_one_form(query: str) -> None:
    assert len(parse_query(query)[0].forms) == 1


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Œdème du cœur", "oedeme coeur", ["Œdème", "cœur"]),
        ("Un oedeme", "œdème", ["oedeme"]),
        ("la ﬁèvre", "fievre", ["ﬁèvre"]),
        ("Deux genoux", "genou", ["genou"]),
        ("Le genou droit", "genoux", ["genou"]),
        ("Le genou droit", "genoux droit", ["genou", "droit"]),
        ("L'hémorragie", "l’hemorragie", ["hémorragie"]),
        ("METFORMINE 500", "met", ["MET"]),
        ("symétrie et mét", "met", ["mét"]),
        ("Straße", "strasse", ["Straße"]),
        ("nom_de_famille", "famille", ["famille"]),
        ("a.b [c]", "[c]", ["c"]),
    ],
)
def test_hits_are_marked_in_the_words_as_written(text: str, query: str, marked: list[str]) -> None:
    assert list_marked(text, query) == marked


def test_an_excerpt_is_some_whole_words_around_the_first_hit() -> None:
    text = "Bonjour " * 40 + "créatinine stable " + "au revoir " * 40
    excerpt = make_excerpt(text.strip(), parse_query("creat"))
    assert excerpt is not None
    assert excerpt.text.startswith("… Bonjour")
    assert excerpt.text.endswith((" revoir …", " au …"))
    assert len(excerpt.text) <= EXCERPT + 4
    assert [excerpt.text[start:end] for start, end in excerpt.hits] == ["créat"]


def test_a_short_text_is_its_own_excerpt() -> None:
    excerpt = make_excerpt("Glycémie à jeun", parse_query("glycemie"))
    assert excerpt is not None
    assert excerpt.text == "Glycémie à jeun"


def test_a_text_of_one_endless_word_is_cut() -> None:
    excerpt = make_excerpt("x" * 5000 + " genou" + "y" * 5000, parse_query("genou"))
    assert excerpt is not None
    assert len(excerpt.text) <= EXCERPT + 4


def test_what_was_looked_for_can_be_forgotten() -> None:
    pattern = weakref.ref(_make_pattern(parse_query("myocardite")))
    assert pattern() is not None
    forget_queries()
    gc.collect()
    assert pattern() is None


def test_there_is_no_excerpt_without_a_hit() -> None:
    assert make_excerpt("Rien ici", parse_query("genou")) is None
    assert make_excerpt("Rien ici", ()) is None


@pytest.mark.parametrize(
    ("query", "held"),
    [
        ("hypo thyr", False),
        ("hypothyr opere", True),
        ("poids", False),
        ("l'hypothyroidie", True),
        ("hypothyroïdies", True),
    ],
)
def test_a_text_holds_words_that_are_begun_in_any_order_and_whatever_their_number(query: str, held: bool) -> None:
    assert holds_all("Hypothyroïdie (opérée)", parse_query(query)) is held
