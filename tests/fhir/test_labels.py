from mes_app.fhir.bodies import read_body, write_body
from mes_app.fhir.elements import children
from mes_app.fhir.labels import hide_body, is_hidden, is_secret, is_withheld, put_hidden


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


def test_a_label_beside_the_one_that_hides_stays_when_the_document_is_shown() -> None:
    both = {"coding": [{"code": "MASQUE_PS"}, {"code": "N"}], "text": "Normal"}
    resource = {"securityLabel": [both, {"coding": [{"code": "MASQUE_PS"}]}]}
    put_hidden(resource, hidden=False)
    assert resource == {"securityLabel": [{"coding": [{"code": "N"}], "text": "Normal"}]}


def test_hiding_leaves_every_other_label_however_many_or_odd() -> None:
    others: list[object] = [{"coding": [{"code": f"L{number}"}]} for number in range(150)]
    resource = {"securityLabel": [*others, "étrange", {"text": "sans code"}]}
    put_hidden(resource, hidden=True)
    assert resource["securityLabel"][:-1] == [*others, "étrange", {"text": "sans code"}]
    assert is_hidden(resource)
    put_hidden(resource, hidden=False)
    assert resource == {"securityLabel": [*others, "étrange", {"text": "sans code"}]}


def test_z3_a_label_is_not_overlooked_behind_a_hundred_others() -> None:
    assert is_withheld(labelled(*["R"] * 150, "INVISIBLE_PATIENT"), holder=True)
    assert is_withheld({"meta": {"security": [{"code": "R"}] * 150 + [{"code": "INVISIBLE_PATIENT"}]}}, holder=True)


def test_the_secret_of_a_minor_says_so_to_the_person() -> None:
    assert is_secret(labelled("N", "INVISIBLE_REPRESENTANTS_LEGAUX"))
    assert not is_secret(labelled("N", "MASQUE_PS"))


def test_a_body_is_hidden_and_shown_again_as_it_was() -> None:
    body = write_body({"resourceType": "DocumentReference", "author": [{"display": "Dr Benali"}], **labelled("N")})
    hidden = hide_body(body, hidden=True)
    assert is_hidden(read_body(hidden))
    assert hide_body(hidden, hidden=False) == body
