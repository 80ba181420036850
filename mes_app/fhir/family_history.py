"""FamilyMemberHistory ⇄ diseases in the family."""

from mes_app.domain.record import Kind, Overview
from mes_app.domain.sections.family_history import FamilyHistory
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import code_of, concept_text, read_coded
from mes_app.fhir.dates import date_text, read_date
from mes_app.fhir.elements import Json, child, children, line
from mes_app.fhir.encoders import Encoder, Owner, tell_origin
from mes_app.fhir.quantities import quantity_text, range_text
from mes_app.fhir.references import Refs
from mes_app.fhir.writing import date_element, put, put_choice, put_note, write_concept


def summarise_family_history(resource: Json) -> Overview:
    """Title: the diseases. Subtitle: the relative."""
    relation = concept_text(resource.get("relationship")) or line(resource.get("name"))
    return make_overview(
        resource,
        Kind.FAMILY_HISTORY,
        title=line(", ".join(_conditions(resource))) or relation,
        subtitle=relation,
        date=date_text(resource, "date"),
        code=code_of(child(resource, "relationship")),
        status=line(resource.get("status")),
        source=find_author(resource)[1],
    )


def decode_family_history(resource: Json, refs: Refs) -> FamilyHistory:
    """What one relative had."""
    relation = read_coded(resource.get("relationship"))
    return FamilyHistory(
        relation=relation if relation.text else relation.model_copy(update={"text": line(resource.get("name"))}),
        conditions=_conditions(resource),
        onset=_onset(resource),
        deceased=_deceased(resource),
        **entry_facts(resource, refs, recorded=read_date(resource, "date")),
    )


def _begin(entry: FamilyHistory, owner: Owner) -> Json:
    return {
        "resourceType": "FamilyMemberHistory",
        **tell_origin(owner),
        "status": "completed",
        "patient": {"reference": owner.patient},
        **date_element("date", entry.recorded),
    }


def _put_relation(resource: Json, entry: FamilyHistory) -> None:
    put(resource, "relationship", write_concept(entry.relation, child(resource, "relationship")))


def _put_conditions(resource: Json, entry: FamilyHistory) -> None:
    """Each disease that is still named keeps what else is known of it; the onset is that of the first one with any."""
    known = {concept_text(one.get("code")): one for one in reversed(children(resource, "condition"))}
    conditions = [known.get(text) or {"code": {"text": text}} for text in entry.conditions]
    put(resource, "condition", conditions)
    if _onset(resource) == entry.onset:
        return
    dated = [one for one in conditions if _onset({"condition": [one]})]
    for condition in (dated or conditions)[:1] if entry.onset else dated:
        put_choice(condition, "onset", "String", entry.onset)


def _put_deceased(resource: Json, entry: FamilyHistory) -> None:
    put_choice(resource, "deceased", "Boolean", entry.deceased or None)


FAMILY_HISTORY_ENCODER: Encoder[FamilyHistory] = Encoder(
    "FamilyMemberHistory",
    _begin,
    {
        ("relation",): _put_relation,
        ("conditions", "onset"): _put_conditions,
        ("deceased",): _put_deceased,
        ("note",): put_note,
    },
)


def _conditions(resource: Json) -> tuple[str, ...]:
    found = (concept_text(condition.get("code")) for condition in children(resource, "condition"))
    return tuple(dict.fromkeys(filter(None, found)))


def _onset(resource: Json) -> str | None:
    """When the first disease with a known onset began, in the record's own form (age, range, date or words)."""
    texts = (
        quantity_text(child(condition, "onsetAge"))
        or range_text(child(condition, "onsetRange"))
        or line(condition.get("onsetString"))
        or date_text(condition, "onsetPeriod")
        for condition in children(resource, "condition")
    )
    return next(filter(None, texts), None)


def _deceased(resource: Json) -> bool:
    stated = resource.get("deceasedBoolean")
    return stated is True or any(f"deceased{form}" in resource for form in ("Age", "Range", "Date", "String"))
