from mes_app.domain.sections.allergies import Allergy
from mes_app.domain.values import Coded
from mes_app.fhir.elements import Json
from mes_app.fhir.encoders import Encoder, Owner, write_changes, write_new


def test_what_is_new_is_begun_and_every_field_written() -> None:
    def put_words(resource: Json, entry: Allergy) -> None:
        resource["words"] = [entry.note, *entry.reactions]

    encoder = Encoder("Any", lambda _entry, owner: {"patient": owner.patient}, {("note", "reactions"): put_words})
    entry = Allergy(substance=Coded(text="Noix"), note="Vue à l’hôpital")
    assert write_new(encoder, entry, Owner("Patient/1", "Patient/2")) == {
        "patient": "Patient/1",
        "words": ["Vue à l’hôpital"],
    }


def test_only_what_differs_is_written() -> None:
    def refuse(_resource: Json, _entry: Allergy) -> None:
        raise AssertionError

    def put_words(resource: Json, entry: Allergy) -> None:
        resource["words"] = [entry.note, *entry.reactions]

    encoder = Encoder(
        "Any", lambda _entry, _owner: {}, {("substance", "since"): refuse, ("note", "reactions"): put_words}
    )
    said = Allergy(substance=Coded(text="Noix"), note="Vue à l’hôpital")
    resource: Json = {}
    write_changes(encoder, resource, said, said)
    assert resource == {}
    write_changes(encoder, resource, said, said.model_copy(update={"reactions": ("Toux",)}))
    assert resource == {"words": ["Vue à l’hôpital", "Toux"]}
