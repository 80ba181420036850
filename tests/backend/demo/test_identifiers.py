from datetime import date

from mes_backend.demo.identifiers import add_luhn_digit, identify, make_finess, make_nir, make_rpps


def luhn(number: str) -> int:
    digits = [int(digit) for digit in reversed(number)]
    return (sum(digits[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])) % 10


def test_a_nir_has_the_key_of_its_number() -> None:
    nir = make_nir(2, date(1988, 7, 11), 901)
    assert nir.startswith("28807")
    assert len(nir) == 15
    assert 97 - int(nir[:13]) % 97 == int(nir[13:])


def test_professional_and_institution_numbers_pass_their_check() -> None:
    assert luhn("99700218896") == 0
    for number, length in ((make_rpps(7), 11), (make_finess(3), 9), (add_luhn_digit("1234"), 5)):
        assert luhn(number) == 0
        assert len(number) == length


def test_an_identifier_says_its_kind() -> None:
    identifier = identify("urn:oid:1", "RPPS", "42", "usual")
    assert (identifier["use"], identifier["type"]["coding"][0]["code"], identifier["value"]) == ("usual", "RPPS", "42")
