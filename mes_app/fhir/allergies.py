"""AllergyIntolerance ⇄ allergies and intolerances."""

from mes_app.domain.record import Kind, Overview
from mes_app.domain.sections.allergies import Allergy, AllergyStatus, Criticality, Severity
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.choices import choose, choose_status
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import code_of, concept_text, read_coded
from mes_app.fhir.dates import date_text, read_date
from mes_app.fhir.elements import Json, child, children, line
from mes_app.fhir.references import Refs

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
        since=read_date(resource, *ONSET),
        status=_status(resource),
        **entry_facts(resource, refs, *AUTHORS, recorded=read_date(resource, "recordedDate")),
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
