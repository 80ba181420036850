"""The health profile of each member, as content/profiles/*.toml tells it, turned into FHIR entries."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mes_backend.demo import entries
from mes_backend.demo.calendars import Calendar
from mes_backend.demo.contents import read_content
from mes_backend.demo.elements import ATC, ICD10, LOINC, Json, coding, concept, make_id
from mes_backend.demo.measures import build_measure
from mes_backend.demo.people import ROLES, Member, build_contact, build_relative
from mes_backend.demo.professionals import build_care_team, list_organizations, list_professionals

Spec = dict[str, Any]

CONSENT_CATEGORIES = "http://terminology.hl7.org/CodeSystem/consentcategorycodes"
_SYSTEMS = {"atc": ATC, "icd10": ICD10, "loinc": LOINC}


@dataclass(frozen=True)
class Profile:
    """Whose profile is built: ``mother`` is the Reference of the RelatedPerson who speaks for a child."""

    member: Member
    members: dict[str, Member]
    calendar: Calendar
    mother: Json | None

    def who(self, key: str) -> Json:
        """The Reference of who says so."""
        if key == "me":
            return self.member.reference
        if key == "mother" and self.mother:
            return self.mother
        return (list_professionals().get(key) or list_organizations()[key]).reference


def _name(spec: Spec) -> Json:
    """The concept of an entry: its French words and the code it has in one system, if any."""
    return concept(spec["text"], *(coding(_SYSTEMS[name], spec[name]) for name in _SYSTEMS if name in spec))


def _tell(profile: Profile, spec: Spec, *elements: str) -> Spec:
    """The elements of a spec as arguments of an entry: dates told by the calendar, persons as References."""
    told = {name: spec[name] for name in elements if name in spec}
    dates = {name: profile.calendar.write_date(spec[name]) for name in ("since", "until") if name in spec}
    return told | dates | {"by": profile.who(spec["by"])}


def _build_allergies(profile: Profile, specs: list[Spec]) -> Iterator[Json]:
    for spec in specs:
        told = _tell(profile, spec, "category", "criticality", "severity", "reactions", "note")
        yield entries.build_allergy(profile.member, spec["key"], _name(spec), **told)


def _declare_nothing(profile: Profile, specs: list[Spec]) -> Iterator[Json]:
    for spec in specs:
        day = profile.calendar.write_date(spec["when"])
        if spec["section"] == "allergies":
            yield entries.declare_no_allergy(profile.member, day, profile.mother or profile.member.reference)
        else:
            yield entries.declare_nothing(profile.member, spec["section"], day)


def _build_conditions(profile: Profile, specs: list[Spec]) -> dict[str, Json]:
    return {
        spec["key"]: entries.build_condition(profile.member, spec["key"], _name(spec), **_tell(profile, spec, "note"))
        for spec in specs
    }


def _build_treatments(profile: Profile, specs: list[Spec], conditions: dict[str, Json]) -> Iterator[Json]:
    for spec in specs:
        told = _tell(profile, spec, "dosage", "note") | {"reason": conditions[spec["reason"]]}
        ongoing = "until" not in spec or spec["until"].startswith("today+")
        yield entries.build_treatment(profile.member, spec["key"], _name(spec), ongoing=ongoing, **told)


def _build_procedures(profile: Profile, specs: list[Spec], stays: list[Spec]) -> Iterator[Json]:
    for spec in specs:
        professional = list_professionals().get(spec["by"])
        yield entries.build_procedure(
            profile.member,
            spec["key"],
            _name(spec),
            day=profile.calendar.write_date(spec["when"]),
            by=profile.who(spec["by"]),
            place=professional.organization.place if professional else None,
        )
    for spec in stays:
        yield entries.build_stay(
            profile.member,
            spec["key"],
            spec["text"],
            start=profile.calendar.at(spec["from"], "15:00"),
            end=profile.calendar.at(spec["to"], "11:00"),
            professional=list_professionals()[spec["by"]],
        )


def _build_background(profile: Profile, content: Spec) -> Iterator[Json]:
    member, calendar = profile.member, profile.calendar
    for spec in content.get("relative", []):
        yield entries.build_family_history(
            member, spec["relation"], spec["text"], spec["conditions"], deceased=spec.get("deceased", False)
        )
    for spec in content.get("habit", []):
        day = calendar.write_date(spec["when"])
        speaker = profile.mother or member.reference
        yield entries.build_habit(member, spec["key"], _name(spec), spec["answer"], day=day, by=speaker)
    if group := content.get("blood_group"):
        yield entries.build_blood_group(
            member, group["text"], calendar.write_date(group["when"]), profile.who(group["by"])
        )
    for spec in content.get("exam", []):
        day = calendar.write_date(spec["when"])
        yield entries.build_exam_done(member, spec["rule"], spec["text"], day, profile.who(spec["by"]))
    for index, spec in enumerate(content.get("measure", [])):
        day = calendar.at(spec["when"], "09:40")
        by = profile.who(spec["by"])
        yield build_measure(member, spec["measure"], f"visit-{index}", spec["value"], day=day, by=by)


def _build_wishes(profile: Profile, specs: list[Spec]) -> Iterator[Json]:
    for spec in specs:
        codes = [coding(CONSENT_CATEGORIES, spec["category"])] if "category" in spec else []
        document = make_id(profile.member.key, "document", spec["document"]) if "document" in spec else ""
        yield entries.build_wish(
            profile.member,
            spec["key"],
            concept(spec["text"], *codes),
            profile.calendar.write_date(spec["when"]),
            f"DocumentReference/{document}" if document else "",
        )


def _build_people(profile: Profile, content: Spec) -> Iterator[Json]:
    for spec in content["contact"]:
        roles = [ROLES[role] for role in spec["roles"]]
        if "member" in spec:
            yield build_relative(profile.member, profile.members[spec["member"]], spec["relation"], *roles)
        else:
            yield build_contact(profile.member, spec["name"], spec["relation"], *roles, phone=spec["phone"])
    yield build_care_team(profile.member.reference, content["team"], profile.member.key)


def build_profile(profile: Profile) -> Iterator[Json]:
    """Every entry of the health profile of a member, the people around included."""
    content = read_content(f"profiles/{profile.member.key}")
    yield from _build_allergies(profile, content.get("allergy", []))
    yield from _declare_nothing(profile, content.get("nothing", []))
    conditions = _build_conditions(profile, content.get("condition", []))
    yield from conditions.values()
    yield from _build_treatments(profile, content.get("treatment", []), conditions)
    yield from _build_procedures(profile, content.get("procedure", []), content.get("stay", []))
    yield from _build_background(profile, content)
    yield from _build_wishes(profile, content.get("wish", []))
    yield from _build_people(profile, content)
