"""Immunization ⇄ vaccinations received."""

from mes_app.domain.record import Kind, Overview, Source
from mes_app.domain.sections.vaccines import Series, Vaccine
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.choices import choose
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import code_of, concept_text
from mes_app.fhir.dates import date_text, read_date
from mes_app.fhir.elements import Json, child, children, line, number
from mes_app.fhir.encoders import Encoder, Owner, tell_origin
from mes_app.fhir.names import reference_name
from mes_app.fhir.products import drop_product, put_product, read_named, read_product
from mes_app.fhir.references import Refs, references
from mes_app.fhir.writing import date_element, put, put_choice, put_concepts, put_note, write_concept

AUTHORS = ("performer",)
DOSE_LIMIT = 100
_UNKNOWN = "unknown"
"""Where FHIR wants words and nobody has any."""


def summarise_vaccine(resource: Json) -> Overview:
    """Title: the vaccine. Subtitle: the diseases it protects from."""
    code = child(resource, "vaccineCode")
    return make_overview(
        resource,
        Kind.VACCINES,
        title=concept_text(code),
        subtitle=line(", ".join(_diseases(resource))) or _occurrence(resource),
        date=date_text(resource, "occurrenceDateTime", "recorded"),
        code=code_of(drop_product(code)),
        status=line(resource.get("status")),
        source=_source(resource),
    )


def decode_vaccine(resource: Json, refs: Refs) -> Vaccine:
    """One injection."""
    protocol = child(resource, "protocolApplied")
    performers = (reference_name(node, resource, refs) for node in references(resource, "performer"))
    facts = entry_facts(resource, refs, *AUTHORS, recorded=read_date(resource, "recorded"))
    source = _source(resource)
    typed = source in (Source.SELF, Source.RELATIVE)
    return Vaccine(
        vaccine=read_named(child(resource, "vaccineCode")),
        diseases=_diseases(resource),
        date=read_date(resource, "occurrenceDateTime"),
        dose_number=_dose_number(protocol),
        series=choose(Series, protocol.get("series")),
        product=read_product(child(resource, "vaccineCode")),
        lot=line(resource.get("lotNumber")) or None,
        expires=read_date(resource, "expirationDate"),
        performer=next(filter(None, performers), None),
        **facts | {"source": source} | ({"author": None} if typed else {}),
    )


def _begin(entry: Vaccine, owner: Owner) -> Json:
    return {
        "resourceType": "Immunization",
        **tell_origin(owner),
        "status": "completed",
        "patient": {"reference": owner.patient},
        "occurrenceString": _UNKNOWN,
        **date_element("recorded", entry.recorded),
        "primarySource": False,
    }


def _put_vaccine(resource: Json, entry: Vaccine) -> None:
    former = child(resource, "vaccineCode")
    code = write_concept(entry.vaccine, drop_product(former))
    put_product(code, entry.product, former)
    put(resource, "vaccineCode", code)


def _put_date(resource: Json, entry: Vaccine) -> None:
    if entry.date:
        put_choice(resource, "occurrence", "DateTime", entry.date.text)
    else:
        put_choice(resource, "occurrence", "String", _UNKNOWN)


def _put_protocols(resource: Json, entry: Vaccine) -> None:
    """FHIR wants a dose in a protocol, known or not: one that says nothing else goes."""
    protocols = children(resource, "protocolApplied") or [{}]
    first = protocols[0]
    put_concepts(protocols, "targetDisease", entry.diseases)
    put(first, "series", entry.series)
    if entry.dose_number != _dose_number(first):
        put_choice(first, "doseNumber", "PositiveInt", entry.dose_number)
    said = [protocol for protocol in protocols if protocol.keys() - {"doseNumberString"}]
    for protocol in said:
        if not protocol.keys() & {"doseNumberString", "doseNumberPositiveInt"}:
            put(protocol, "doseNumberString", _UNKNOWN)
    put(resource, "protocolApplied", said)


def _put_lot(resource: Json, entry: Vaccine) -> None:
    put(resource, "lotNumber", entry.lot)
    put(resource, "expirationDate", entry.expires and entry.expires.text)


def _put_performer(resource: Json, entry: Vaccine) -> None:
    put(resource, "performer", [{"actor": {"display": entry.performer}}] if entry.performer else None)


VACCINE_ENCODER: Encoder[Vaccine] = Encoder(
    "Immunization",
    _begin,
    {
        ("vaccine", "product"): _put_vaccine,
        ("diseases", "dose_number", "series"): _put_protocols,
        ("date",): _put_date,
        ("lot", "expires"): _put_lot,
        ("performer",): _put_performer,
        ("note",): put_note,
    },
)


def _occurrence(resource: Json) -> str:
    """When it was, where that is told in words."""
    text = line(resource.get("occurrenceString"))
    return "" if text == _UNKNOWN else text


def _diseases(resource: Json) -> tuple[str, ...]:
    protocols = children(resource, "protocolApplied")
    targets = (concept_text(disease) for protocol in protocols for disease in children(protocol, "targetDisease"))
    return tuple(dict.fromkeys(filter(None, targets)))


def _dose_number(protocol: Json) -> int | None:
    found = number(protocol.get("doseNumberPositiveInt")) or number(protocol.get("doseNumberString"))
    return int(found) if found and 0 < found <= DOSE_LIMIT else None


def _source(resource: Json) -> Source:
    """``primarySource`` false without an origin is what the person typed; true is what the injector wrote."""
    primary = resource.get("primarySource")
    if primary is False and "reportOrigin" not in resource:
        return Source.RELATIVE if find_author(resource)[1] is Source.RELATIVE else Source.SELF
    source = find_author(resource, *AUTHORS)[1]
    return Source.PROFESSIONAL if primary is True and source is Source.UNKNOWN else source
