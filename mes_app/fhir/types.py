"""Which FHIR types the app asks a server for, and which it fetches because another one refers to them."""

PULLED_TYPES = (
    "DocumentReference",
    "AllergyIntolerance",
    "MedicationStatement",
    "MedicationRequest",
    "Condition",
    "Immunization",
    "Appointment",
    "Observation",
    "Procedure",
    "Encounter",
    "RelatedPerson",
    "CareTeam",
    "FamilyMemberHistory",
    "Consent",
    "List",
    "DiagnosticReport",
    "MedicationDispense",
    "Flag",
    "Coverage",
    "CarePlan",
    "ImmunizationRecommendation",
    "Task",
    "Communication",
    "ExplanationOfBenefit",
    "Provenance",
)
"""Searched by ``patient``, most useful first. AuditEvent is left out: reading writes new ones, so no sync would end."""

SHARED_TYPES = frozenset({"Practitioner", "PractitionerRole", "Organization", "Location", "Medication", "Device"})
"""Belong to no patient: read by id when a record refers to them."""
