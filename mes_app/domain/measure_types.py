"""The measures that Mes carnets knows by name (domain of the « Mesures » of Mon espace santé), by LOINC code."""

from enum import StrEnum


class MeasureType(StrEnum):
    """What is measured."""

    WEIGHT = "weight"
    HEIGHT = "height"
    BMI = "bmi"
    BLOOD_PRESSURE = "bp"
    HEART_RATE = "heart_rate"
    RESPIRATORY_RATE = "resp_rate"
    TEMPERATURE = "temperature"
    OXYGEN_SATURATION = "spo2"
    HEAD_CIRCUMFERENCE = "head_circ"
    WAIST = "waist"
    STEPS = "steps"
    PAIN = "pain"
    GLUCOSE = "glucose"
    INTERSTITIAL_GLUCOSE = "glucose_int"
    HBA1C = "hba1c"
    GLUCOSE_MANAGEMENT = "gmi"
    CHOLESTEROL_TOTAL = "cholesterol_total"
    CHOLESTEROL_HDL = "cholesterol_hdl"
    CHOLESTEROL_LDL = "cholesterol_ldl"
    TRIGLYCERIDES = "triglycerides"


MEASURE_OF_CODE = {
    "29463-7": MeasureType.WEIGHT,
    "8302-2": MeasureType.HEIGHT,
    "39156-5": MeasureType.BMI,
    "85354-9": MeasureType.BLOOD_PRESSURE,
    "8867-4": MeasureType.HEART_RATE,
    "9279-1": MeasureType.RESPIRATORY_RATE,
    "8310-5": MeasureType.TEMPERATURE,
    "2708-6": MeasureType.OXYGEN_SATURATION,
    "59408-5": MeasureType.OXYGEN_SATURATION,
    "8287-5": MeasureType.HEAD_CIRCUMFERENCE,
    "9843-4": MeasureType.HEAD_CIRCUMFERENCE,
    "8280-0": MeasureType.WAIST,
    "41950-7": MeasureType.STEPS,
    "72514-3": MeasureType.PAIN,
    "2345-7": MeasureType.GLUCOSE,
    "MED-969": MeasureType.INTERSTITIAL_GLUCOSE,
    "4548-4": MeasureType.HBA1C,
    "MED-972": MeasureType.GLUCOSE_MANAGEMENT,
    "2093-3": MeasureType.CHOLESTEROL_TOTAL,
    "2085-9": MeasureType.CHOLESTEROL_HDL,
    "13457-7": MeasureType.CHOLESTEROL_LDL,
    "18262-6": MeasureType.CHOLESTEROL_LDL,
    "2571-8": MeasureType.TRIGLYCERIDES,
}
"""Codes are compared without their system: LOINC comes under two URIs, and ``MED-…`` under an unsettled one."""

SYSTOLIC = "8480-6"
DIASTOLIC = "8462-4"
