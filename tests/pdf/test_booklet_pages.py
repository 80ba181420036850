from mes_app.domain.sections.pages import Page
from mes_app.i18n import t
from tests.pdf.booklets import PAGE, make_booklet, read, words

NOTE = Page(page="Vacances", text="À la mer.", unique_id=PAGE)


def test_each_photo_that_is_here_is_printed_whole_and_one_that_is_not_is_told() -> None:
    reader = read(make_booklet(notes=(NOTE,), photos=5))
    sizes = [image.image.size for page in reader.pages for image in page.images if image.image]
    assert sorted(sizes) == [(60, 40 + number) for number in range(4)]
    assert words(reader).count(t("booklet.pdf.photo_absent")) == 1


def test_two_records_of_one_page_are_told_under_one_name() -> None:
    said = words(read(make_booklet(notes=(NOTE, Page(page="Vacances", text="Le sable.")))))
    assert said.count("Vacances") == 1
    assert "À la mer." in said
    assert "Le sable." in said
