from mes_app.fhir.dosages import dosage_text


def test_the_words_of_the_prescriber_come_first_one_instruction_a_line() -> None:
    resource = {"dosageInstruction": [{"text": "1 le matin"}, {"patientInstruction": "au repas"}]}
    assert dosage_text(resource) == "1 le matin\nau repas"


def test_numbers_are_read_only_with_their_unit() -> None:
    dose = {"doseAndRate": [{"doseQuantity": {"value": 2, "unit": "gouttes"}}], "timing": {"code": {"text": "le soir"}}}
    assert dosage_text({"dosage": [dose]}) == "2 gouttes le soir"
    assert dosage_text({"dosage": [{"doseAndRate": [{"doseQuantity": {"value": 1}}]}]}) == ""


def test_no_instruction_is_no_text() -> None:
    assert dosage_text({}) == dosage_text({"dosage": "matin"}) == ""
