"""Identifiers with valid keys in ranges that nobody is given: they pass every check and belong to no one."""

from datetime import date

from mes_backend.demo.elements import FR_IDENTIFIER_TYPE, Json, coded

INS_TEST = "urn:oid:1.2.250.1.213.1.4.10"
IDNPS = "urn:oid:1.2.250.1.71.4.2.1"
IDNST = "urn:oid:1.2.250.1.71.4.2.2"
RPPS = "https://rpps.esante.gouv.fr"
FINESS = "https://finess.esante.gouv.fr"
BIRTH_PLACE = "35999"
"""A commune number that does not exist."""


def make_nir(sex: int, birth: date, order: int) -> str:
    """The 15 digits of a NIR: ``sex`` 1 or 2, month of birth, a commune that does not exist, order number and key."""
    number = f"{sex}{birth:%y%m}{BIRTH_PLACE}{order:03}"
    return f"{number}{97 - int(number) % 97:02}"


def add_luhn_digit(number: str) -> str:
    """``number`` with the digit that makes its Luhn sum a multiple of ten."""
    total = 0
    for position, digit in enumerate(reversed(number)):
        doubled = int(digit) * (2 if position % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return number + str(-total % 10)


def make_rpps(order: int) -> str:
    """An RPPS number (11 digits) of the range 99900…, which is not attributed."""
    return add_luhn_digit(f"99900000{order:02}")


def make_finess(order: int) -> str:
    """A FINESS number (9 digits) of the department 99, which does not exist."""
    return add_luhn_digit(f"990000{order:02}")


def identify(system: str, kind: str, value: str, use: str = "official") -> Json:
    """A FHIR Identifier with its French type (INS-NIR-TEST, RPPS, FINEG…)."""
    return {"use": use, "type": coded(FR_IDENTIFIER_TYPE, kind), "system": system, "value": value}
