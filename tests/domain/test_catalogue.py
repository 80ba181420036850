import csv
from importlib.resources import files

import pytest

from mes_app.domain.catalogue import UPLOAD_TYPES, choose_category, choose_upload_type, find_document_type
from mes_app.domain.documents import Category
from mes_app.errors import Rejected


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("11502-2", Category.LABORATORY),
        ("DOCPAT02", Category.PRESCRIPTIONS),
        ("DOCPAT09", Category.ADMINISTRATIVE),
        ("EXPPAT_3", Category.DIRECTIVES),
        ("74465-6", Category.QUESTIONNAIRE),
    ],
)
def test_a_type_has_a_name_and_the_category_it_is_shown_under(code: str, category: Category) -> None:
    found = find_document_type(code)
    assert found is not None
    assert (found.code, found.category) == (code, category)
    assert found.display


def test_an_unknown_code_is_no_type() -> None:
    assert find_document_type("inconnu") is find_document_type("") is None


def test_no_code_is_listed_twice() -> None:
    with files("mes_app.domain").joinpath("data/document_types.csv").open(encoding="utf-8") as lines:
        codes = [row["code"] for row in csv.DictReader(lines, delimiter=";")]
    assert len(codes) == len(set(codes)) == 113


@pytest.mark.parametrize("category", UPLOAD_TYPES)
def test_what_a_person_files_is_shown_where_it_was_filed(category: Category) -> None:
    filed = choose_upload_type(category)
    found = find_document_type(filed.code or "")
    assert found is not None
    assert (found.category, found.display, found.system) == (category, filed.text, filed.system)
    assert found.class_code.isdecimal()


@pytest.mark.parametrize("category", sorted(set(Category) - set(UPLOAD_TYPES)))
def test_nothing_is_filed_where_others_write(category: Category) -> None:
    with pytest.raises(Rejected, match="not_a_choice"):
        choose_upload_type(category)


def test_a_type_unknown_is_shown_where_most_of_its_class_are() -> None:
    assert choose_category("11502-2", "") is Category.LABORATORY
    assert choose_category("unheard-of", "42") is Category.PRESCRIPTIONS
    assert choose_category("unheard-of", "52") is Category.OTHER
    assert choose_category("", "") is Category.OTHER
