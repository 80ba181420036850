"""What the columns of tables of measures are. The names of the columns are those of real exports."""

import pytest

from mes_app.domain.measure_columns import Column, Role, is_whole, keeps_units, recognise
from mes_app.domain.measure_types import MeasureType

OMRON = "Date,Time,Systolic (mmHg),Diastolic (mmHg),Pulse (bpm),Symptoms,Consumed,TruRead,Notes"
OMRON_EU = "Measurement Date,Timezone,SYS(mmHg),DIA(mmHg),Pulse(bpm),Irregular heartbeat"
IHEALTH = "Date,Time,SYS(mmHg),DIA(mmHg),Pulse(Beats/Min),Note"
WITHINGS = "Date,Weight (kg),Fat mass (kg),Bone mass (kg),Muscle mass (kg),Hydration (kg),Comments"
WITHINGS_BP = "Date,Heart rate,Systolic,Diastolic,Comments"
LIBRE = "Device,Serial Number,Device Timestamp,Record Type,Historic Glucose mmol/L,Scan Glucose mmol/L,Notes"
LIBRE_FR = (
    "Appareil,Numéro de série,Horodatage de l'appareil,Type d'enregistrement,"
    "Historique de la glycémie mg/dL,Numérisation de la glycémie mg/dL"
)
DEXCOM = "Index,Timestamp (YYYY-MM-DDThh:mm:ss),Event Type,Glucose Value (mg/dL)"
OURS = "Mesure,Code LOINC,Date,Valeur,Deuxième valeur,Unité,Réponse,Origine,Commentaire"


@pytest.mark.parametrize("header", [OMRON, OMRON_EU, IHEALTH, WITHINGS, WITHINGS_BP, LIBRE, LIBRE_FR, DEXCOM, OURS])
def test_the_tables_of_common_devices_are_known(header: str) -> None:
    assert is_whole(recognise(header.split(",")))


def test_a_column_is_known_by_its_name_and_its_unit() -> None:
    _, _, *numbers, note = recognise(["Date", "Time", "Systolic (mmHg)", "Diastolic (mmHg)", "Pulse (bpm)", "Notes"])
    assert numbers == [
        Column(Role.VALUE, MeasureType.BLOOD_PRESSURE, "mm[Hg]"),
        Column(Role.DIASTOLIC, MeasureType.BLOOD_PRESSURE, "mm[Hg]"),
        Column(Role.VALUE, MeasureType.HEART_RATE, "/min"),
    ]
    assert note == Column(Role.NOTE)
    assert recognise(["Historique de la glycémie mg/dL"])[0].measure is MeasureType.INTERSTITIAL_GLUCOSE


def test_what_only_looks_like_a_measure_is_left_alone() -> None:
    assert recognise(["Fat mass (kg)", "Heart rate (max)", "Weight goal", ""]) == (Column(),) * 4
    assert recognise(["Date", "date"]) == (Column(Role.DATE), Column())
    assert not is_whole(recognise(["Date", "Value"]))


def test_a_table_of_ours_is_known_by_its_codes() -> None:
    assert keeps_units(recognise(OURS.split(",")))
    assert not keeps_units(recognise(["Mesure", "Date", "Valeur", "Unité"]))
