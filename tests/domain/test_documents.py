from mes_app.domain.documents import Category, Document
from mes_app.domain.values import Coded


def test_a_document_is_called_what_its_reader_calls_it_else_by_its_title() -> None:
    document = Document(title="Compte rendu", type=Coded(text=""), category=Category.REPORTS)
    assert document.name == "Compte rendu"
    assert document.model_copy(update={"own_title": "Mon genou"}).name == "Mon genou"
