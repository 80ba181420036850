"""What is told alike on several screens: dates, near ones by their distance, and how grave an allergy is."""

from mes_app.domain.episodes import Episode
from mes_app.domain.record import Row
from mes_app.domain.sections.allergies import Allergy
from mes_app.domain.values import PartialDate, Precision
from mes_app.i18n import moment, partial, relative_day, span, t
from mes_app.views.state import read_today


def tell_day(date: PartialDate | None) -> str:
    """« hier », « il y a 3 jours », « ven. 3 mai 2019 », « mai 2019 »; empty without a date."""
    if date is None:
        return ""
    known_day = date.precision in (Precision.DAY, Precision.TIME) and date.day
    return relative_day(known_day, read_today()) if known_day else partial(date.text)


def tell_moment(date: PartialDate | None) -> str:
    """« mar. 24 nov. 2026 à 14:05 »; as far as it is known; empty without a date."""
    if date is None:
        return ""
    return moment(date.start) if date.precision is Precision.TIME and date.start else partial(date.text)


def tell_source(row: Row) -> str:
    """« Dr Martin · hier »: who and when, of what is known."""
    return " · ".join(part for part in (row.subtitle, tell_day(row.date)) if part)


def name_episode(episode: Episode) -> str:
    """« 3–12 nov. 2026 · Maternité des Genêts », of what is known."""
    when = span(episode.first.text, episode.last.text) if episode.first and episode.last else t("documents.undated")
    return " · ".join(part for part in (when, episode.place) if part)


def tell_gravity(allergy: Allergy) -> str:
    """« Réaction sévère · Risque élevé », of what is known."""
    parts = [
        t(f"health.severity_{allergy.severity}") if allergy.severity else "",
        t(f"health.criticality_{allergy.criticality}") if allergy.criticality else "",
    ]
    return " · ".join(part for part in parts if part)
