"""What somebody who helps must know at once, drawn alike in the record, on the lock screen and in its preview."""

import re
from collections.abc import Sequence

import flet as ft

from mes_app.domain.record import Entry, Kind
from mes_app.domain.sections.allergies import Allergy
from mes_app.domain.sections.contacts import Contact
from mes_app.domain.sections.professionals import Professional
from mes_app.i18n import t
from mes_app.services.emergency_cards import EmergencyCard
from mes_app.services.health import EmergencySection
from mes_app.views.theme import SEMIBOLD
from mes_app.views.widgets.avatars import avatar, read_age
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.details import Detail, capitalise, list_details, tell_origin
from mes_app.views.widgets.signs import note_sign
from mes_app.views.widgets.texts import body, muted, page_title, section_title
from mes_app.views.widgets.words import tell_gravity

_TOLD_APART: dict[type[Entry], tuple[str, ...]] = {
    Allergy: ("criticality", "severity", "status", "note"),
    Contact: ("phones",),
    Professional: ("phones", "emails", "address", "rpps", "finess"),
}


def call_buttons() -> ft.Control:
    """The buttons that call for help."""
    samu = ft.FilledButton(
        t("emergency.call"), icon=ft.Icons.CALL_ROUNDED, action=ft.OpenUrl("tel:15"), on_click=note_sign
    )
    europe = ft.OutlinedButton(t("emergency.call_112"), action=ft.OpenUrl("tel:112"), on_click=note_sign)
    return ft.Row([samu, europe], wrap=True, spacing=12, run_spacing=12)


def emergency_card(shown: EmergencyCard) -> ft.Control:
    """One person: who, how old, then the sections."""
    profile = shown.profile
    words = ft.Column([page_title(profile.name), muted(read_age(profile))], spacing=0, expand=True)
    heading = ft.Row([avatar(profile, 48), words], spacing=16)
    return _column([heading, *emergency_sections(shown.sections)])


def emergency_sections(sections: Sequence[EmergencySection]) -> list[ft.Control]:
    """A card for each section, in their order; allergies alarm."""
    return [_section(section) for section in sections]


def _section(section: EmergencySection) -> ft.Control:
    lines: list[ft.Control] = [section_title(t(f"sections.{section.kind}.title"))]
    if not section.entries:
        lines.append(muted(t("emergency.nothing_declared" if section.nothing_declared else "emergency.unknown")))
    lines += [_entry(entry, section.kind) for entry in section.entries]
    if section.kind is Kind.BLOOD_GROUP and section.entries:
        lines.append(muted(t("emergency.blood_group_caution")))
    alarming = section.kind is Kind.ALLERGIES and bool(section.entries)
    return card(_column(lines, spacing=12), bgcolor=ft.Colors.ERROR_CONTAINER if alarming else "")


def _entry(entry: Entry, kind: Kind) -> ft.Control:
    title, *others = list_details(entry, kind, without=_TOLD_APART.get(type(entry), ()))
    heading = ft.Text(capitalise(title.value), theme_style=ft.TextThemeStyle.TITLE_MEDIUM)
    lines = [heading, *_tell_gravity(entry), *([body(_join(others))] if others else []), *_call_contact(entry)]
    return ft.Column([*lines, muted(_tell_origin(entry))], spacing=2)


def _tell_gravity(entry: Entry) -> list[ft.Control]:
    gravity = tell_gravity(entry) if isinstance(entry, Allergy) else ""
    style, colour = ft.TextThemeStyle.BODY_LARGE, ft.Colors.ON_ERROR_CONTAINER
    return [ft.Text(gravity, theme_style=style, font_family=SEMIBOLD, color=colour)] if gravity else []


def _call_contact(entry: Entry) -> list[ft.Control]:
    phones = entry.phones if isinstance(entry, Contact | Professional) else ()
    return [ft.Row([_call_button(phone) for phone in phones], wrap=True, spacing=8)] if phones else []


def _call_button(phone: str) -> ft.Control:
    digits = re.sub(r"[^\d+]", "", phone)  # whatever a server wrote there, the link can only be a number
    return ft.OutlinedButton(
        t("emergency.call_number", phone=phone),
        icon=ft.Icons.CALL_OUTLINED,
        action=ft.OpenUrl(f"tel:{digits}"),
        on_click=note_sign,
    )


def _tell_origin(entry: Entry) -> str:
    undated = "" if entry.recorded else f" · {t('emergency.undated')}"
    return tell_origin(entry) + undated


def _join(details: Sequence[Detail]) -> str:
    return " · ".join(f"{detail.label} : {detail.value}" for detail in details)


def _column(controls: Sequence[ft.Control], spacing: int = 16) -> ft.Column:
    return ft.Column([*controls], spacing=spacing, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
