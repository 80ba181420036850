import pytest

from mes_app.errors import Reason, Unreadable
from mes_app.formats.rtf import LARGEST_RTF, read_rtf


def test_the_words_of_an_rtf_keep_their_accents_and_lines() -> None:
    data = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\b R\'e9sultat\b0\par n\'e9gatif \u8217?}"
    assert read_rtf(data) == "Résultat\nnégatif ’"


def test_an_object_inside_an_rtf_is_no_text() -> None:
    assert "0105" not in read_rtf(rb"{\rtf1 avant{\object\objemb{\*\objdata 01050000}}apr}")


def test_an_rtf_too_long_to_be_read_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read_rtf(rb"{\rtf1 " + b"a" * LARGEST_RTF)
    assert refused.value.reason is Reason.TOO_LARGE
