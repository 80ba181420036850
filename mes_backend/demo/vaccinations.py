"""The vaccines of the French calendar and the schedules the family followed."""

from collections.abc import Iterator

from mes_backend.demo.calendars import Calendar
from mes_backend.demo.elements import ATC, Json, coding, concept
from mes_backend.demo.entries import build_vaccine
from mes_backend.demo.people import Member
from mes_backend.demo.professionals import list_professionals

VACCINES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "hexa": (
        "DTCaP-Hib-Hépatite B (hexavalent)",
        "J07CA09",
        ("Diphtérie", "Tétanos", "Coqueluche", "Poliomyélite", "Haemophilus influenzae b", "Hépatite B"),
    ),
    "pneumo": ("Pneumocoque conjugué", "J07AL02", ("Infections à pneumocoque",)),
    "menb": ("Méningocoque B", "J07AH09", ("Infections à méningocoque B",)),
    "menc": ("Méningocoque C", "J07AH07", ("Infections à méningocoque C",)),
    "acwy": ("Méningocoques ACWY", "J07AH08", ("Infections à méningocoques A, C, W, Y",)),
    "ror": ("Rougeole-Oreillons-Rubéole", "J07BD52", ("Rougeole", "Oreillons", "Rubéole")),
    "rota": ("Rotavirus", "J07BH01", ("Gastro-entérite à rotavirus",)),
    "dtcap": ("DTCaP", "J07CA02", ("Diphtérie", "Tétanos", "Coqueluche", "Poliomyélite")),
    "hepb": ("Hépatite B", "J07BC01", ("Hépatite B",)),
    "bcg": ("BCG", "J07AN01", ("Tuberculose",)),
    "covid": ("Covid-19 à ARN messager", "J07BN01", ("Covid-19",)),
    "flu": ("Grippe saisonnière", "J07BB02", ("Grippe",)),
}
"""Short name → French name, ATC code, diseases it protects from."""

FIRST, BOOSTER, SINGLE = "INITIMMUNIZ", "BOOSTER", "IMMUNIZ"

Step = tuple[str, str, str, int, str]
"""Moment, vaccine, series, dose number, who injected (empty: declared by the person)."""

SCHEDULES: dict[str, tuple[Step, ...]] = {
    "jeanne": (
        ("jeanne+2m", "hexa", FIRST, 1, "ferrand"),
        ("jeanne+2m", "pneumo", FIRST, 1, "ferrand"),
        ("jeanne+2m", "rota", FIRST, 1, "ferrand"),
        ("jeanne+3m", "rota", FIRST, 2, "ferrand"),
        ("jeanne+3m", "menb", FIRST, 1, "ferrand"),
        ("jeanne+4m", "hexa", FIRST, 2, "ferrand"),
        ("jeanne+4m", "pneumo", FIRST, 2, "ferrand"),
        ("jeanne+5m", "menb", FIRST, 2, "ferrand"),
        ("jeanne+6m", "acwy", FIRST, 1, "ferrand"),
        ("jeanne+11m", "hexa", BOOSTER, 3, "ferrand"),
        ("jeanne+11m", "pneumo", BOOSTER, 3, "ferrand"),
        ("jeanne+12m", "ror", FIRST, 1, "ferrand"),
        ("jeanne+12m", "menb", BOOSTER, 3, "ferrand"),
        ("jeanne+12m", "acwy", BOOSTER, 2, "ferrand"),
    ),
    "leo": (
        ("leo+2m", "hexa", FIRST, 1, "ferrand"),
        ("leo+2m", "pneumo", FIRST, 1, "ferrand"),
        ("leo+4m", "hexa", FIRST, 2, "ferrand"),
        ("leo+4m", "pneumo", FIRST, 2, "ferrand"),
        ("leo+5m", "menc", FIRST, 1, "ferrand"),
        ("leo+11m", "hexa", BOOSTER, 3, "ferrand"),
        ("leo+11m", "pneumo", BOOSTER, 3, "ferrand"),
        ("leo+12m", "menc", BOOSTER, 2, "ferrand"),
        ("leo+12m", "ror", FIRST, 1, "ferrand"),
        ("leo+17m", "ror", FIRST, 2, "ferrand"),
        ("leo+73m", "dtcap", BOOSTER, 4, "ferrand"),
        ("today-382d", "flu", SINGLE, 1, "kervella"),
        ("today-20d", "flu", SINGLE, 1, "kervella"),
    ),
    "camille": (
        ("camille+3m", "bcg", SINGLE, 1, ""),
        ("camille+13m", "ror", FIRST, 1, ""),
        ("camille+6y", "ror", FIRST, 2, ""),
        ("camille+11y", "hepb", FIRST, 1, ""),
        ("camille+134m", "hepb", FIRST, 2, ""),
        ("camille+139m", "hepb", FIRST, 3, ""),
        ("camille+16y", "dtcap", BOOSTER, 6, ""),
        ("camille+25y", "dtcap", BOOSTER, 7, "aubry"),
        ("today-1900d", "covid", FIRST, 1, "kervella"),
        ("today-1858d", "covid", FIRST, 2, "kervella"),
        ("today-1670d", "covid", BOOSTER, 3, "kervella"),
        ("jeanne-112d", "flu", SINGLE, 1, "morvan"),
        ("jeanne-98d", "dtcap", BOOSTER, 8, "morvan"),
    ),
    "alex": (
        ("alex+26y", "dtcap", BOOSTER, 6, "aubry"),
        ("today-1893d", "covid", FIRST, 1, "kervella"),
        ("today-1851d", "covid", FIRST, 2, "kervella"),
    ),
}


def _number_lot(index: int, vaccine: str) -> str:
    return f"{vaccine[:2].upper()}{(index * 7919 + 3571) % 9000 + 1000}{'ABCDEFGH'[index % 8]}"


def build_vaccines(member: Member, calendar: Calendar) -> Iterator[Json]:
    """The injections of ``member``; what was declared by the person has the precision of a year and no lot."""
    for index, (moment, vaccine, series, dose, by) in enumerate(SCHEDULES[member.key]):
        name, atc, diseases = VACCINES[vaccine]
        yield build_vaccine(
            member,
            f"{vaccine}-{index}",
            concept(name, coding(ATC, atc)),
            day=calendar.write_date(moment if by else f"year {moment}"),
            diseases=diseases,
            series=series,
            dose=dose,
            lot=_number_lot(index, vaccine) if by else "",
            by=list_professionals()[by].reference if by else None,
        )
