from mes_app.domain.presets import find_preset
from mes_app.domain.record import Kind


def test_a_measure_a_tooth_and_an_age_begin_a_form_and_a_record_does_not() -> None:
    assert find_preset(Kind.MEASURES, "weight") == {"measure": "weight"}
    assert find_preset(Kind.TEETH, "51") == {"tooth": "51"}
    assert find_preset(Kind.PAGES, "exam-09") == {"page": "12e mois"}
    assert find_preset(Kind.PAGES, "0197f0d2-2c8e-7c37-b2a4-5a9e8a0f7a11") == {}
    assert find_preset(Kind.ALLERGIES, "weight") == {}
