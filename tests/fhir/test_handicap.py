from mes_app.domain.record import Source
from mes_app.domain.sections.handicap import Handicap
from mes_app.domain.values import Coded, PartialDate
from tests.fhir.reading import opened


def test_a_handicap_opens_as_a_topic_and_an_answer() -> None:
    assert opened("handicap") == Handicap(
        topic=Coded(text="Handicap auditif"),
        answer="Appareillage bilatéral, taux 50-79 %",
        date=PartialDate(text="2022"),
        source=Source.SELF,
        author="Camille MARTIN",
    )
