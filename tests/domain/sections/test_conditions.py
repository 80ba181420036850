from mes_app.domain.sections.conditions import Condition, ConditionStatus
from mes_app.domain.values import Coded


def test_a_disease_still_matters_until_it_is_over() -> None:
    current = {status for status in ConditionStatus if Condition(condition=Coded(text="x"), status=status).current}
    assert current == {ConditionStatus.ACTIVE, ConditionStatus.RECURRENCE, ConditionStatus.RELAPSE}
