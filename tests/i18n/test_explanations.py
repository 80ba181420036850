from collections.abc import Iterator

import pytest

from mes_app.errors import Busy, Locked, MesError, Offline, Reason, Rejected
from mes_app.i18n import languages, use
from mes_app.i18n.explanations import explain

KINDS = MesError.__subclasses__()
PAIRS = [(kind, reason) for kind in KINDS for reason in kind.reasons]


@pytest.fixture(autouse=True)
def french_afterwards() -> Iterator[None]:
    yield
    use("fr")


def make(kind: type[MesError], reason: Reason) -> MesError:
    return Rejected("field", reason) if kind is Rejected else kind(reason)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("kind", "reason"), PAIRS, ids=lambda value: getattr(value, "__name__", value))
def test_every_error_has_its_sentences_in_every_language(language: str, kind: type[MesError], reason: Reason) -> None:
    use(language)
    explanation = explain(make(kind, reason))
    for words in (explanation.what, explanation.next):
        assert words.endswith(".")
        assert "!" not in words
        assert "{" not in words


def test_every_reason_belongs_to_an_error() -> None:
    assert {reason for _, reason in PAIRS} == set(Reason)


def test_a_wait_is_told_in_words() -> None:
    assert explain(Busy(Reason.TOO_MANY_TRIES, after=3600)).next == "Attendez 1\xa0heure, puis recommencez."
    assert explain(Locked(Reason.WRONG_SECRET, wait=300)).next == "Attendez 5\xa0minutes, puis recommencez."
    assert explain(Locked(Reason.WRONG_SECRET)).next == "Vérifiez-le et recommencez."


def test_the_words_follow_the_language() -> None:
    use("en")
    assert explain(Offline()).what == "The server does not answer. What is on this device stays readable."
