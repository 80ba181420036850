from mes_app.fhir.elements import children
from mes_app.fhir.labels import is_hidden, is_withheld, put_hidden


def labelled(*labels: str) -> dict[str, object]:
    return {"securityLabel": [{"coding": [{"system": "urn:peu-importe", "code": label}]} for label in labels]}


def test_what_the_patient_may_not_see_yet_is_withheld_in_every_profile() -> None:
    assert is_withheld(labelled("N", "INVISIBLE_PATIENT"), holder=True)
    assert is_withheld(labelled("INVISIBLE_PATIENT"), holder=False)


def test_the_secret_of_a_minor_is_withheld_from_the_parent_and_not_from_the_person() -> None:
    assert is_withheld(labelled("INVISIBLE_REPRESENTANTS_LEGAUX"), holder=False)
    assert not is_withheld(labelled("INVISIBLE_REPRESENTANTS_LEGAUX"), holder=True)


def test_labels_of_the_resource_itself_count_too() -> None:
    assert is_withheld({"meta": {"security": [{"code": "INVISIBLE_PATIENT"}]}}, holder=True)


def test_hidden_means_hidden_from_professionals_only() -> None:
    assert is_hidden(labelled("N", "MASQUE_PS"))
    assert not is_withheld(labelled("N", "MASQUE_PS"), holder=False)
    assert not is_hidden(labelled("N"))


def test_a_document_is_hidden_or_shown_and_keeps_its_other_labels() -> None:
    resource = labelled("N", "R") | {"meta": {"security": [{"code": "MASQUE_PS"}, {"code": "V"}]}}
    put_hidden(resource, hidden=False)
    assert not is_hidden(resource)
    assert resource == labelled("N", "R") | {"meta": {"security": [{"code": "V"}]}}
    put_hidden(resource, hidden=True)
    put_hidden(resource, hidden=True)
    assert is_hidden(resource)
    assert [label["coding"][0]["code"] for label in children(resource, "securityLabel")] == ["N", "R", "MASQUE_PS"]
