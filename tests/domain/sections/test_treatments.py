from mes_app.domain.sections.treatments import Treatment, TreatmentStatus
from mes_app.domain.values import Coded


def test_a_treatment_is_taken_today_while_active_suspended_or_planned() -> None:
    current = {status for status in TreatmentStatus if Treatment(medicine=Coded(text="x"), status=status).current}
    assert current == {TreatmentStatus.ACTIVE, TreatmentStatus.ON_HOLD, TreatmentStatus.INTENDED}
