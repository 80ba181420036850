"""« Urgence »: allergies, blood group, what is taken and suffered today, whom to call. For whoever helps."""

from collections.abc import Sequence

import flet as ft

from mes_app.domain.record import Entry, Kind
from mes_app.domain.sections.allergies import Allergy
from mes_app.i18n import t
from mes_app.services.health import EmergencySection
from mes_app.views.state import use_profile, use_session
from mes_app.views.theme import TARGET
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.details import Detail, capitalise, list_details, tell_origin
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.shell import detail_view, page_column
from mes_app.views.widgets.texts import body, muted, section_title


@screen
def emergency_screen() -> ft.View:
    """The emergency information of the profile in the address."""
    return detail_view(t("emergency.title"), _panel())


@component
def _panel() -> ft.Control:
    session, shown = use_session(), use_profile()
    read = use_loaded(lambda: session.health.emergency(shown.pid), [shown.pid], tuple(Kind))
    call = ft.FilledButton(
        t("emergency.call"), icon=ft.Icons.CALL_ROUNDED, action=ft.OpenUrl("tel:15"), height=TARGET, width=240
    )
    sections = read.show(
        lambda found: ft.Column(
            [_section(section) for section in found],
            spacing=16,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        )
    )
    return page_column([ft.Row([call]), sections, muted(t("emergency.caution"))], title=shown.name)


def _section(section: EmergencySection) -> ft.Control:
    lines: list[ft.Control] = [section_title(t(f"sections.{section.kind}.title"))]
    if not section.entries:
        lines.append(muted(t("emergency.nothing_declared" if section.nothing_declared else "emergency.unknown")))
    lines += [_entry(entry, section.kind) for entry in section.entries]
    if section.kind is Kind.BLOOD_GROUP and section.entries:
        lines.append(muted(t("emergency.blood_group_caution")))
    alarming = section.kind is Kind.ALLERGIES and bool(section.entries)
    return card(ft.Column(lines, spacing=12), bgcolor=ft.Colors.ERROR_CONTAINER if alarming else "")


def _entry(entry: Entry, kind: Kind) -> ft.Control:
    title, *others = list_details(entry, kind)
    heading = ft.Text(capitalise(title.value), theme_style=ft.TextThemeStyle.TITLE_MEDIUM)
    told = body(_join(others[:4])) if isinstance(entry, Allergy) else body(_join(others))
    return ft.Column([heading, *([told] if others else []), muted(tell_origin(entry))], spacing=2)


def _join(details: Sequence[Detail]) -> str:
    return " · ".join(f"{detail.label} : {detail.value}" for detail in details)
