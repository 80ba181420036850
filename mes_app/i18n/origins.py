"""Who measured, as a file says it, in a comment of the measure that is brought from there."""

from mes_app.i18n.catalogue import t

_OWN = ("self", "relative", "unknown")


def word_origin(told: str) -> str:
    """« D’après le fichier : Dr Roux »; nothing where our own words say that it is the person, or nobody."""
    return "" if told in {t(f"sections.source.{each}") for each in _OWN} else t("measure_files.told_by", origin=told)
