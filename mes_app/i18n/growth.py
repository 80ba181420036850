"""The growth of a child in words: ages, and places between the lines of a curve. They tell, and never judge."""

from mes_app.i18n.catalogue import t


def growth_age(years: int, months: int, days: int) -> str:
    """« naissance », « 12 jours », « 14 mois », « 3 ans et 2 mois »; ``days`` are all those lived."""
    if years >= 2:
        whole = t("dates.years", count=years)
        return t("growth.years_and_months", years=whole, months=t("dates.months", count=months)) if months else whole
    if total := 12 * years + months:
        return t("dates.months", count=total)
    return t("growth.days", count=days) if days else t("growth.birth")


def growth_place(above: int | None, below: int | None) -> str:
    """« entre la 15e et la 50e ligne »: the lines above which, and below which, a value stands."""
    if above is None:
        return t("growth.under", line=t(f"growth.line_{below}"))
    if below is None:
        return t("growth.over", line=t(f"growth.line_{above}"))
    return t("growth.between", above=t(f"growth.line_{above}"), below=t(f"growth.line_{below}"))
