"""One icon a category and a kind, the same on every screen."""

import flet as ft

from mes_app.domain.documents import Category
from mes_app.domain.record import Kind, Row

CATEGORY_ICONS = {
    Category.SUMMARY: ft.Icons.SUMMARIZE_OUTLINED,
    Category.PRESCRIPTIONS: ft.Icons.MEDICATION_OUTLINED,
    Category.REPORTS: ft.Icons.DESCRIPTION_OUTLINED,
    Category.IMAGING: ft.Icons.IMAGE_OUTLINED,
    Category.LABORATORY: ft.Icons.BIOTECH_OUTLINED,
    Category.PREVENTION: ft.Icons.HEALTH_AND_SAFETY_OUTLINED,
    Category.CERTIFICATES: ft.Icons.VERIFIED_OUTLINED,
    Category.ADMINISTRATIVE: ft.Icons.FOLDER_SHARED_OUTLINED,
    Category.DIRECTIVES: ft.Icons.HISTORY_EDU_OUTLINED,
    Category.VACCINATION: ft.Icons.VACCINES_OUTLINED,
    Category.QUESTIONNAIRE: ft.Icons.FACT_CHECK_OUTLINED,
    Category.PROFILE_SUMMARY: ft.Icons.ASSIGNMENT_IND_OUTLINED,
    Category.REIMBURSEMENT: ft.Icons.RECEIPT_LONG_OUTLINED,
    Category.OTHER: ft.Icons.INSERT_DRIVE_FILE_OUTLINED,
}
KIND_ICONS = {
    Kind.DOCUMENTS: ft.Icons.DESCRIPTION_OUTLINED,
    Kind.ALLERGIES: ft.Icons.WARNING_AMBER_ROUNDED,
    Kind.TREATMENTS: ft.Icons.MEDICATION_OUTLINED,
    Kind.CONDITIONS: ft.Icons.MONITOR_HEART_OUTLINED,
    Kind.VACCINES: ft.Icons.VACCINES_OUTLINED,
    Kind.PROCEDURES: ft.Icons.LOCAL_HOSPITAL_OUTLINED,
    Kind.FAMILY_HISTORY: ft.Icons.FAMILY_RESTROOM_OUTLINED,
    Kind.MEASURES: ft.Icons.SHOW_CHART_ROUNDED,
    Kind.BLOOD_GROUP: ft.Icons.BLOODTYPE_OUTLINED,
    Kind.PREGNANCIES: ft.Icons.PREGNANT_WOMAN_ROUNDED,
    Kind.HANDICAP: ft.Icons.ACCESSIBLE_OUTLINED,
    Kind.HABITS: ft.Icons.SELF_IMPROVEMENT_OUTLINED,
    Kind.WISHES: ft.Icons.HISTORY_EDU_OUTLINED,
    Kind.CONTACTS: ft.Icons.CONTACT_PHONE_OUTLINED,
    Kind.PROFESSIONALS: ft.Icons.MEDICAL_SERVICES_OUTLINED,
    Kind.PAGES: ft.Icons.AUTO_STORIES_OUTLINED,
    Kind.TEETH: ft.Icons.SENTIMENT_SATISFIED_OUTLINED,
    Kind.APPOINTMENTS: ft.Icons.EVENT_OUTLINED,
    Kind.PEOPLE: ft.Icons.BADGE_OUTLINED,
    Kind.NOTHING_DECLARED: ft.Icons.CHECK_CIRCLE_OUTLINE,
    Kind.RESULTS: ft.Icons.BIOTECH_OUTLINED,
    Kind.REMARKS: ft.Icons.FEEDBACK_OUTLINED,
    Kind.OTHER: ft.Icons.INSERT_DRIVE_FILE_OUTLINED,
}


def choose_icon(row: Row) -> ft.IconData:
    """The icon of a row: of its category for a document, else of its kind."""
    if row.kind is Kind.DOCUMENTS and row.category:
        return CATEGORY_ICONS[Category(row.category)]
    return KIND_ICONS[row.kind]
