from tests.pdf.dossiers import build_dossier


def test_documents_are_listed_by_category_in_the_order_of_the_screens_and_unknown_ones_last() -> None:
    listed = [(category, [one.row.id for one in some]) for category, some in build_dossier().list_categories()]
    assert listed == [("CPT_REND", ["d2"]), ("BIOLOGIE", ["d1"]), ("NOUVELLE", ["d3"])]
