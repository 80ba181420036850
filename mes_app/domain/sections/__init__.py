"""The sections of the health profile, each declared once: a model whose fields drive lists, details and the PDF.

A field's type says how it is shown (text, PartialDate, Coded, Quantity, a tuple of these, an enumeration).
Its label is the word ``<section>.<field>``, the label of an enumerated value ``<section>.<field>_<value>``.
"""

from mes_app.domain.record import Entry, Kind
from mes_app.domain.sections.allergies import Allergy
from mes_app.domain.sections.blood_group import BloodGroup
from mes_app.domain.sections.conditions import Condition
from mes_app.domain.sections.contacts import Contact
from mes_app.domain.sections.family_history import FamilyHistory
from mes_app.domain.sections.habits import Habit
from mes_app.domain.sections.handicap import Handicap
from mes_app.domain.sections.measures import Measure
from mes_app.domain.sections.pages import Page
from mes_app.domain.sections.pregnancies import Pregnancy
from mes_app.domain.sections.procedures import Procedure
from mes_app.domain.sections.professionals import Professional
from mes_app.domain.sections.teeth import Tooth
from mes_app.domain.sections.treatments import Treatment
from mes_app.domain.sections.vaccines import Vaccine
from mes_app.domain.sections.wishes import Wish

SECTIONS: dict[Kind, type[Entry]] = {
    Kind.ALLERGIES: Allergy,
    Kind.TREATMENTS: Treatment,
    Kind.CONDITIONS: Condition,
    Kind.VACCINES: Vaccine,
    Kind.PROCEDURES: Procedure,
    Kind.FAMILY_HISTORY: FamilyHistory,
    Kind.MEASURES: Measure,
    Kind.BLOOD_GROUP: BloodGroup,
    Kind.HANDICAP: Handicap,
    Kind.HABITS: Habit,
    Kind.WISHES: Wish,
    Kind.CONTACTS: Contact,
    Kind.PROFESSIONALS: Professional,
}
"""The order is that of the screens: what matters most in a consultation comes first."""

BOOKLET: dict[Kind, type[Entry]] = {Kind.PAGES: Page, Kind.TEETH: Tooth, Kind.PREGNANCIES: Pregnancy}
"""Those of the booklets of a child and of a pregnancy: told there, not in the profile of every person."""
