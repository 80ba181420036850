"""AllergyIntolerance ⇄ allergies and intolerances."""

from mes_app.domain.record import Kind, Overview
from mes_app.domain.sections.allergies import Allergy, AllergyStatus, Criticality, Severity
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.choices import choose, choose_status
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import code_of, concept_text, read_coded
from mes_app.fhir.dates import date_text, read_date, read_start
from mes_app.fhir.elements import Json, child, children, line
from mes_app.fhir.encoders import Encoder, Owner
from mes_app.fhir.references import Refs
from mes_app.fhir.writing import (
    ABSENT,
    date_element,
    put,
    put_concepts,
    put_date,
    put_note,
    put_status,
    write_code,
    write_concept,
)

AUTHORS = ("asserter", "recorder")
ONSET = ("onsetDateTime", "onsetPeriod")


def summarise_allergy(resource: Json) -> Overview:
    """Title: the substance. Subtitle: the reactions."""
    code = child(resource, "code")
    return make_overview(
        resource,
        Kind.ALLERGIES,
        title=concept_text(code) or _first_substance(resource),
        subtitle=line(", ".join(_reactions(resource))),
        date=date_text(resource, *ONSET, "recordedDate", "lastOccurrence"),
        category=line(resource.get("criticality")),
        code=code_of(code),
        status=_status(resource),
        source=find_author(resource, *AUTHORS)[1],
    )


def decode_allergy(resource: Json, refs: Refs) -> Allergy:
    """One allergy, with every reaction known."""
    coded = read_coded(resource.get("code"))
    return Allergy(
        substance=coded if coded.text else coded.model_copy(update={"text": _first_substance(resource)}),
        criticality=choose(Criticality, resource.get("criticality")),
        severity=_worst_severity(resource),
        reactions=_reactions(resource),
        since=read_start(resource, *ONSET),
        status=_status(resource),
        **entry_facts(resource, refs, *AUTHORS, recorded=read_date(resource, "recordedDate")),
    )


def _begin(entry: Allergy, owner: Owner) -> Json:
    return {
        "resourceType": "AllergyIntolerance",
        "clinicalStatus": write_code("allergyintolerance-clinical", AllergyStatus.ACTIVE),
        "verificationStatus": write_code("allergyintolerance-verification", "unconfirmed"),
        "patient": {"reference": owner.patient},
        **date_element("recordedDate", entry.recorded),
        "recorder": {"reference": owner.author},
        "asserter": {"reference": owner.author},
    }


def _put_substance(resource: Json, entry: Allergy) -> None:
    put(resource, "code", write_concept(entry.substance, child(resource, "code")))


def _put_criticality(resource: Json, entry: Allergy) -> None:
    put(resource, "criticality", entry.criticality)


def _put_status(resource: Json, entry: Allergy) -> None:
    put_status(resource, "allergyintolerance-clinical", entry.status)


def _put_reactions(resource: Json, entry: Allergy) -> None:
    """A reaction that shows nothing any more goes; one whose signs nobody knows is still severe."""
    reactions = children(resource, "reaction") or [{}]
    put_concepts(reactions, "manifestation", entry.reactions)
    shown = [reaction for reaction in reactions if "manifestation" in reaction]
    if entry.severity and not shown:
        shown = [{**reactions[0], "manifestation": [ABSENT]}]
    _put_severity(shown, entry.severity)
    put(resource, "reaction", shown)


def _put_severity(reactions: list[Json], worst: Severity | None) -> None:
    """The worst of ``reactions`` is ``worst``: worse ones become so, and the first one if none was."""
    ranks = list(Severity)
    for reaction in reactions:
        stated = choose(Severity, reaction.get("severity"))
        if worst is None or (stated and ranks.index(stated) < ranks.index(worst)):
            put(reaction, "severity", worst)
    if worst and all(choose(Severity, reaction.get("severity")) is not worst for reaction in reactions):
        put(reactions[0], "severity", worst)


def _put_since(resource: Json, entry: Allergy) -> None:
    put_date(resource, "onset", entry.since)


ALLERGY_ENCODER: Encoder[Allergy] = Encoder(
    "AllergyIntolerance",
    _begin,
    {
        ("substance",): _put_substance,
        ("criticality",): _put_criticality,
        ("severity", "reactions"): _put_reactions,
        ("since",): _put_since,
        ("status",): _put_status,
        ("note",): put_note,
    },
)


def _status(resource: Json) -> AllergyStatus:
    return choose_status(AllergyStatus, code_of(child(resource, "clinicalStatus")), AllergyStatus.ACTIVE)


def _first_substance(resource: Json) -> str:
    return next(filter(None, (concept_text(r.get("substance")) for r in children(resource, "reaction"))), "")


def _reactions(resource: Json) -> tuple[str, ...]:
    reactions = children(resource, "reaction")
    found = (concept_text(sign) for reaction in reactions for sign in children(reaction, "manifestation"))
    return tuple(dict.fromkeys(filter(None, found)))


def _worst_severity(resource: Json) -> Severity | None:
    stated = {choose(Severity, reaction.get("severity")) for reaction in children(resource, "reaction")}
    return next((severity for severity in Severity if severity in stated), None)
