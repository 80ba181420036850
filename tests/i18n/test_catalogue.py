import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mes_app.i18n import t
from mes_app.i18n.catalogue import catalogue

PACKAGE = Path(__file__).parents[2] / "mes_app"


def placeholders(entry: object) -> set[str]:
    return set(re.findall(r"{(\w+)", str(entry) if isinstance(entry, str) else str(list(dict(entry).values()))))  # type: ignore[call-overload]


def test_english_says_all_that_french_says() -> None:
    assert catalogue("fr").keys() == catalogue("en").keys()


def test_both_languages_take_the_same_values() -> None:
    french, english = catalogue("fr"), catalogue("en")
    assert [key for key in french if placeholders(french[key]) != placeholders(english[key])] == []


def test_no_sentence_exclaims() -> None:
    assert [key for key, words in catalogue("fr").items() if "!" in str(words)] == []


def test_no_line_begins_with_a_sign_of_punctuation() -> None:
    assert t("lock.forgotten_pin") == "Code oublié\u202f?"
    assert "«\u00a0Sauvegarder\u00a0»" in t("recovery.way_restore_hint")
    assert t("sync.fault", count=1, type="Document", reason="non lu") == "Document\u00a0: non lu"


def test_the_count_picks_the_plural_form() -> None:
    assert t("dates.years", count=1) == "1 an"
    assert t("dates.years", count=2) == "2 ans"


def test_a_key_without_words_is_our_fault() -> None:
    with pytest.raises(KeyError):
        t("nothing.here")


def literal_keys() -> Iterator[tuple[str, str]]:
    for source in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in ("t", "i18n.t"):
                key = node.args[0]
                if isinstance(key, ast.Constant):
                    yield source.name, str(key.value)


def test_every_key_that_the_code_asks_for_has_words() -> None:
    words = catalogue("fr")
    assert [(source, key) for source, key in literal_keys() if key not in words] == []
