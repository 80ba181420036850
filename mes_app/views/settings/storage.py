"""The room that the family's documents take on this device: what is here, what is to be kept, and giving room back."""

from collections.abc import Callable

import flet as ft

from mes_app.domain.keeping import MONTHS
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.i18n import decimal, size, t
from mes_app.services.keeping import Held, Policy, Room, Storage
from mes_app.views import routes
from mes_app.views.state import use_session, use_store
from mes_app.views.theme import TARGET
from mes_app.views.widgets.avatars import avatar
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.fields import other_error
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.networks import knows_network
from mes_app.views.widgets.rows import list_row, tinted_icon
from mes_app.views.widgets.shell import modal_view, page_column
from mes_app.views.widgets.texts import body, muted, page_title, section_title

CHOICES = (0, *MONTHS)


@screen
def storage_screen() -> ft.View:
    """All of it, read again when a document comes or goes."""
    return modal_view(t("storage.title"), _page(), back=routes.SETTINGS)


@component
def _page() -> ft.Control:
    session, store = use_session(), use_store()
    policy = use_loaded(session.keeping.policy, [session])
    storage = use_loaded(session.keeping.measure, [session], (Kind.DOCUMENTS, Kind.PEOPLE))

    async def choose(chosen: Policy) -> None:
        await session.keeping.choose(chosen)
        policy.reload()
        storage.reload()
        session.schedule.note_foreground()

    async def free(old_only: bool) -> None:
        freed = await session.keeping.free(old_only=old_only)
        store.tell(t("storage.freed", count=freed.count, size=size(freed.size)))

    choosing, freeing = use_command(choose), use_command(free)
    here = storage.show(_here_card)
    kept = policy.show(lambda found: _kept_card(found, choosing), ft.Container)
    room = storage.show(lambda found: _room_card(found, freeing), ft.Container) if storage.value else ft.Container()
    return page_column([here, kept, room])


def _here_card(storage: Storage) -> ft.Control:
    """How much it is in all, then who has what."""
    left = [muted(t("storage.left", size=size(storage.left)))] if storage.left is not None else []
    told = [muted(t("storage.here")), page_title(size(storage.total)), *left]
    heading = ft.Container(ft.Column(told, spacing=4), padding=ft.Padding.only(left=12, right=12, top=12, bottom=4))
    records = list_row(
        t("storage.records"), size(storage.database), leading=tinted_icon(ft.Icons.MENU_BOOK_OUTLINED), lines=None
    )
    rows = [_person_row(profile, held) for profile, held in storage.people]
    return card(ft.Column([heading, *rows, records], spacing=0), padding=4)


def _person_row(profile: Profile, held: Held) -> ft.Control:
    here = [t("storage.documents", count=held.here, shown=decimal(held.here), size=size(held.size))]
    away = [t("storage.away", count=held.away, shown=decimal(held.away))]
    told = [*(here if held.here or not held.away else []), *(away if held.away else [])]
    return list_row(profile.name, "\n".join(told), leading=avatar(profile, 40), lines=None)


@component
def _kept_card(policy: Policy, choosing: Command) -> ft.Control:
    """Which documents stay here, and, where its kind is known, over which network they come."""

    def change(**chosen: object) -> None:
        changed = Policy.model_validate({**policy.model_dump(), **chosen})
        ft.context.page.run_task(choosing.run, changed)

    radios: list[ft.Control] = [
        ft.Container(ft.Radio(t(f"storage.months_{months}"), value=str(months)), height=TARGET) for months in CHOICES
    ]
    group = ft.RadioGroup(
        ft.Column(radios, spacing=0),
        value=str(policy.months),
        on_change=lambda event: change(months=int(event.control.value)),
    )
    controls = [
        section_title(t("storage.kept")),
        ft.Semantics(content=group, label=t("storage.kept"), container=True),
        muted(t("storage.kept_some" if policy.months else "storage.kept_all")),
        *([_network_row(policy, change)] if knows_network(ft.context.page) else []),
        *other_error(choosing.error),
    ]
    return card(ft.Column(controls, spacing=12))


def _network_row(policy: Policy, change: Callable[..., None]) -> ft.Control:
    def turn() -> None:
        change(wifi_only=not policy.wifi_only)

    switch = ft.Switch(value=policy.wifi_only, on_change=turn)
    hint = t("storage.wifi_hint")
    row = list_row(t("storage.wifi_only"), hint, trailing=switch, strong=True, lines=None, on_click=turn)
    return ft.MergeSemantics(row)


def _room_card(storage: Storage, freeing: Command) -> ft.Control:
    """What can go, and what becomes of it."""

    def button(name: str, room: Room, *, old_only: bool) -> list[ft.Control]:
        async def press() -> None:
            await freeing.run(old_only)

        words = t(f"storage.free_{name}", size=size(room.size))
        return [ft.OutlinedButton(words, on_click=press, disabled=freeing.running)] if room.count else []

    buttons = [
        *button("old", storage.old, old_only=True),
        *button("all", storage.freeable, old_only=False),
    ]
    nothing = muted(t("storage.nothing_to_free" if storage.connected else "storage.no_server"))
    told = body(t("storage.free_told")) if buttons else nothing
    controls = [section_title(t("storage.free")), told, *buttons, *other_error(freeing.error)]
    return card(ft.Column(controls, spacing=12))
