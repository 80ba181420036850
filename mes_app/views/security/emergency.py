"""What the lock screen lets anyone read: chosen person by person and field by field, off at first.

Before anything of a person is shown for the first time, the page says who will be able to read what, and asks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import flet as ft

from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.services.emergency_cards import SHOWABLE, EmergencyCard, EmergencyChoices
from mes_app.views import routes
from mes_app.views.state import use_carnets, use_session, use_store
from mes_app.views.widgets.avatars import avatar, read_age
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.covers import use_cover_paint
from mes_app.views.widgets.emergency import emergency_card, emergency_sections
from mes_app.views.widgets.fields import other_error
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.shell import modal_view, page_column
from mes_app.views.widgets.texts import body, muted, section_title

_FOLLOWED = (*SHOWABLE, Kind.PEOPLE, Kind.NOTHING_DECLARED)


@dataclass(frozen=True)
class _Choice:
    """What is chosen of a person, and the card that it makes."""

    kinds: frozenset[Kind]
    card: EmergencyCard


@dataclass(frozen=True)
class _Asked:
    """The card that would be shown of the profile ``pid``, were it agreed to."""

    pid: str
    card: EmergencyCard

    @property
    def kinds(self) -> frozenset[Kind]:
        """What it shows."""
        return frozenset(section.kind for section in self.card.sections)


_nothing: _Asked | None = None


@screen
def emergency_cards_screen() -> ft.View:
    """Explains, then offers the choice for each person."""
    return modal_view(t("emergency.cards_title"), _page(), back=routes.SECURITY)


@component
def _page() -> ft.Control:
    carnets, session, store = use_carnets(), use_session(), use_store()
    if not session.emergency.available:
        reason = "no_demonstration" if carnets.emergency.available else "no_key_store"
        return page_column([_explanation(), card(body(t(f"emergency.{reason}")))])
    return page_column([_explanation(), *(_person(profile) for profile in store.profiles or ())])


def _explanation() -> ft.Control:
    """What anyone who holds the device can read from then on, and what they cannot."""
    told = [body(t("emergency.cards_why")), body(t("emergency.cards_who"))]
    more = [muted(t("emergency.cards_what")), muted(t("emergency.cards_how")), muted(t("emergency.cards_device"))]
    return card(_column([section_title(t("emergency.cards_before")), *told, *more]))


@component
def _person(profile: Profile) -> ft.Control:
    emergency, pid = use_session().emergency, profile.pid
    chosen = use_loaded(lambda: _read_choice(emergency, pid), [profile], _FOLLOWED)
    state, ask = ft.use_state(_nothing)
    asked = state if state and state.pid == pid else None

    async def show(kinds: frozenset[Kind]) -> None:
        await emergency.choose(pid, kinds)
        chosen.reload()

    async def toggle(kind: Kind, shown: bool) -> None:
        kinds = await emergency.read(pid)
        if shown and not kinds:
            ask(_Asked(pid, await emergency.preview(pid, frozenset({kind}))))
        else:
            await show(kinds | {kind} if shown else kinds - {kind})

    async def agree() -> None:
        ask(None)
        if asked:
            await show(asked.kinds)

    toggling, agreeing, paint = use_command(toggle), use_command(agree), use_cover_paint()
    ft.use_dialog(_question(asked.card, agreeing, lambda: ask(None), paint) if asked else None)
    return chosen.show(lambda found: _person_card(profile, found, asked, toggling, agreeing))


async def _read_choice(emergency: EmergencyChoices, pid: str) -> _Choice:
    kinds = await emergency.read(pid)
    return _Choice(kinds, await emergency.preview(pid, kinds))


def _person_card(
    profile: Profile, choice: _Choice, asked: _Asked | None, toggling: Command, agreeing: Command
) -> ft.Control:
    """Who, whether anything of them can be read, the four switches, and what they show now."""
    on = choice.kinds | asked.kinds if asked else choice.kinds
    name = ft.Column([section_title(profile.name), muted(read_age(profile))], spacing=0, expand=True)
    shown = [muted(t("emergency.shown_now")), *emergency_sections(choice.card.sections)] if choice.kinds else []
    lines = [
        ft.Row([avatar(profile, 40), name], spacing=12),
        body(t("emergency.card_on" if choice.kinds else "emergency.card_off")),
        *(_switch(kind, toggling, on=kind in on) for kind in SHOWABLE),
        *other_error(toggling.error or agreeing.error),
        *shown,
    ]
    return card(_column(lines))


def _switch(kind: Kind, toggling: Command, *, on: bool) -> ft.Control:
    async def change(event: ft.Event[ft.Switch]) -> None:
        await toggling.run(kind, event.control.value)

    switch = ft.Switch(label=t(f"sections.{kind}.title"), value=on, on_change=change, disabled=toggling.running)
    return ft.Column([switch, muted(t(f"emergency.field_{kind}"))], spacing=0)


def _question(
    asked: EmergencyCard, agreeing: Command, cancel: Callable[[], None], paint: ft.BoxDecoration
) -> ft.AlertDialog:
    """What is asked before anything of a person is shown, with the very card; ``paint`` covers it as it does views."""
    told = _column([body(t("emergency.confirm", name=asked.profile.name)), emergency_card(asked)])
    return ft.AlertDialog(
        modal=True,
        scrollable=True,
        title=t("emergency.confirm_title"),
        content=ft.Container(told, foreground_decoration=paint),
        actions=[
            ft.TextButton(t("app.cancel"), on_click=cancel),
            ft.FilledButton(t("emergency.confirm_yes"), on_click=agreeing.run),
        ],
        on_dismiss=cancel,
    )


def _column(controls: Sequence[ft.Control]) -> ft.Column:
    return ft.Column([*controls], spacing=12, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
