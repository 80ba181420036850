from tests.cli.phone import Phone


def test_words_are_proposed_without_a_vault(phone: Phone) -> None:
    assert phone.ask("suggest", "conditions", "condition", "asth")[0] == "Asthme"
    assert "Masseur-kinésithérapeute" in phone.ask("suggest", "professionals", "speciality", "kine")
    assert phone.ask("suggest", "allergies", "note", "asth") == []
    assert not (phone.data / "vault").exists()


def test_a_field_that_no_form_has_is_refused(phone: Phone) -> None:
    code, _, err = phone.run("suggest", "conditions", "colour", "asth")
    assert code == 1
    assert err.count("\n") == 1
