"""Measures in FHIR, and the long series of the demonstration: blood pressure, weight, growth since birth.

The growth tables are medians of the WHO standards 2006 and reference 2007, rounded; they draw a plausible child
and judge nobody.
"""

import math
from collections.abc import Iterator
from datetime import timedelta

from mes_backend.demo.calendars import Calendar, at
from mes_backend.demo.elements import LOINC, Json, coding, concept, hl7, quantity
from mes_backend.demo.entries import begin
from mes_backend.demo.people import Member
from mes_backend.demo.professionals import list_professionals

MEASURES = {
    "weight": ("29463-7", "Poids", "kg", "kg"),
    "height": ("8302-2", "Taille", "cm", "cm"),
    "head_circ": ("8287-5", "Périmètre crânien", "cm", "cm"),
    "heart_rate": ("8867-4", "Fréquence cardiaque", "/min", "/min"),
    "temperature": ("8310-5", "Température", "°C", "Cel"),
    "spo2": ("2708-6", "Saturation en oxygène", "%", "%"),
}
"""The measure's own id → LOINC code, French name, unit as read, unit in UCUM."""

AGES = (0, 1, 2, 3, 4, 5, 6, 9, 12, 14, 18, 24, 36, 48, 60, 72, 84, 96, 108)
"""Ages in months of the growth tables."""
GROWTH: dict[str, dict[str, tuple[float, ...]]] = {
    "male": {
        "weight": (
            3.3, 4.5, 5.6, 6.4, 7.0, 7.5, 7.9, 8.9, 9.6, 10.1,
            10.9, 12.2, 14.3, 16.3, 18.3, 20.5, 22.9, 25.4, 28.1,
        ),
        "height": (
            49.9, 54.7, 58.4, 61.4, 63.9, 65.9, 67.6, 72.0, 75.7, 78.0,
            82.3, 87.1, 96.1, 103.3, 110.0, 116.0, 121.7, 127.3, 132.6,
        ),
        "head_circ": (34.5, 37.3, 39.1, 40.5, 41.6, 42.6, 43.3, 45.0, 46.1, 46.6, 47.4, 48.3, 49.5),
    },
    "female": {
        "weight": (3.2, 4.2, 5.1, 5.8, 6.4, 6.9, 7.3, 8.2, 8.9, 9.4),
        "height": (49.1, 53.7, 57.1, 59.8, 62.1, 64.0, 65.7, 70.1, 74.0, 76.4),
        "head_circ": (33.9, 36.5, 38.3, 39.5, 40.6, 41.5, 42.2, 43.8, 44.9, 45.4),
    },
}  # fmt: skip


def wave(index: int, swing: float) -> float:
    """A number between -swing and swing that looks like chance and never changes."""
    return swing * math.sin(index * 12.9898) * math.cos(index * 4.1414)


def build_measure(member: Member, measure: str, key: str, value: float, *, day: str, by: Json) -> Json:
    """One vital sign; ``measure`` is a key of MEASURES, ``day`` a FHIR date or dateTime."""
    code, name, unit, ucum = MEASURES[measure]
    return begin(member, "Observation", f"{measure}-{key}") | {
        "status": "final",
        "category": [hl7("observation-category", "vital-signs")],
        "code": concept(name, coding(LOINC, code)),
        "effectiveDateTime": day,
        "performer": [by],
        "valueQuantity": quantity(value, unit, ucum),
    }


def build_pressure(member: Member, key: str, values: tuple[int, int], *, day: str, by: Json) -> Json:
    """One blood pressure: ``values`` are systolic and diastolic, in mmHg."""
    parts = (("8480-6", "Pression systolique", values[0]), ("8462-4", "Pression diastolique", values[1]))
    return begin(member, "Observation", f"bp-{key}") | {
        "status": "final",
        "category": [hl7("observation-category", "vital-signs")],
        "code": concept("Tension artérielle", coding(LOINC, "85354-9")),
        "effectiveDateTime": day,
        "performer": [by],
        "component": [
            {"code": concept(name, coding(LOINC, code)), "valueQuantity": quantity(value, "mmHg", "mm[Hg]")}
            for code, name, value in parts
        ],
    }


def build_weekly_pressures(member: Member, calendar: Calendar) -> Iterator[Json]:
    """Two years of weekly blood pressures taken at home, newest first, with a pulse once a month."""
    for week in range(104):
        day = at(calendar.today - timedelta(days=7 * week + 1), f"07:{15 + week * 7 % 40:02}")
        systolic = round(121 + wave(week, 6) + 3 * math.cos(week / 17))
        diastolic = round(76 + wave(week + 40, 5) + 2 * math.cos(week / 19))
        yield build_pressure(member, str(week), (systolic, diastolic), day=day, by=member.reference)
        if week % 4 == 0:
            pulse = round(67 + wave(week + 90, 5))
            yield build_measure(member, "heart_rate", str(week), pulse, day=day, by=member.reference)


def build_weights(member: Member, calendar: Calendar) -> Iterator[Json]:
    """Two years of monthly weights, newest first: Jeanne's pregnancy, then the way back."""
    birth = calendar.births["jeanne"]
    for month in range(25):
        day = calendar.day(f"today-{30 * month + 2}d")
        since = (day - birth).days / 30
        share = max(0.0, 1 + since / 9) if since < 0 else max(0.0, 0.45 - since / 30)
        weight = round(64.6 + 12.5 * share + wave(month, 0.4), 1)
        yield build_measure(member, "weight", str(month), weight, day=at(day, "07:10"), by=member.reference)


def build_growth(member: Member, calendar: Calendar, scale: float) -> Iterator[Json]:
    """Weight, height and head circumference at each examination since birth; ``scale`` is relative to the median."""
    doctor = list_professionals()[member.doctor].reference
    for measure, medians in GROWTH[member.gender].items():
        for index, (age, median) in enumerate(zip(AGES, medians, strict=False)):
            day = calendar.day(f"{member.key}+{age}m") if age else member.birth
            value = round(median * scale * (1 + wave(index + len(measure), 0.006)), 2 if measure == "weight" else 1)
            yield build_measure(member, measure, f"{age}m", value, day=at(day, "10:20"), by=doctor)
