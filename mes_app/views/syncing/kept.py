"""The versions that were not chosen: nothing that was written goes without being seen."""

from collections.abc import Callable

import flet as ft

from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.i18n import moment, t
from mes_app.services.conflicts import KeptVersion
from mes_app.views.state import use_session, use_store
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import above_others, error_card, section_card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.details import detail_list, list_details
from mes_app.views.widgets.icons import KIND_ICONS
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.rows import tinted_icon
from mes_app.views.widgets.texts import muted, short_title


@component
def kept_cards() -> ft.Control:
    """Those of each person of the family; nothing where there are none."""
    people = use_store().profiles or ()
    cards = [_kept_of(person) for person in people]
    return ft.Column(cards, spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


@component
def _kept_of(person: Profile) -> ft.Control:
    session = use_session()
    read = use_loaded(lambda: session.conflicts.kept(person.pid), [session, person.pid], tuple(Kind))

    def show(found: list[KeptVersion]) -> ft.Control:
        told = ft.Container(muted(t("syncing.kept.told")), padding=ft.Padding.symmetric(horizontal=12))
        rows = [_kept(version, read.reload) for version in found]
        if not found:
            return ft.Container()
        return above_others(section_card(t("syncing.kept.title", name=person.name), [told, *rows]))

    return read.show(show, ft.Container)


@component
def _kept(version: KeptVersion, reload: Callable[[], None]) -> ft.Control:
    session = use_session()

    async def drop() -> None:
        await session.conflicts.drop_kept(version.kept_id)
        reload()

    dropping = use_command(drop)
    told = t(f"syncing.kept.{version.side}", moment=moment(version.at))
    button = ft.TextButton(t("syncing.kept.drop"), on_click=dropping.run, disabled=dropping.running)
    details = [detail_list(list_details(version.entry, version.kind)), button]
    return ft.ExpansionTile(
        title=short_title(version.title or t(f"sections.{version.kind}.title")),
        subtitle=muted(f"{t(f'sections.{version.kind}.title')} · {told}"),
        leading=tinted_icon(KIND_ICONS[version.kind]),
        controls=[*details, *([error_card(dropping.error)] if dropping.error else [])],
        controls_padding=ft.Padding.only(left=68, right=16, bottom=12),
        expanded_cross_axis_alignment=ft.CrossAxisAlignment.START,
        tile_padding=ft.Padding.symmetric(horizontal=12),
        shape=ft.RoundedRectangleBorder(radius=0),
    )
