"""The first screen anybody sees: what this is, and the ways in."""

import flet as ft

from mes_app.i18n import t
from mes_app.views.login.state import SignIn, Step
from mes_app.views.state import use_carnets, use_store, use_ui
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.entrance import FORM_WIDTH
from mes_app.views.widgets.fields import main_button, other_error
from mes_app.views.widgets.notices import demonstration_banner

_PROMISES = (
    (ft.Icons.LOCK_OUTLINE_ROUNDED, "login.promise_private"),
    (ft.Icons.CLOUD_OFF_OUTLINED, "login.promise_offline"),
    (ft.Icons.FAMILY_RESTROOM_OUTLINED, "login.promise_family"),
)


@screen
def welcome_screen(sign_in: SignIn) -> ft.View:
    """Sign in, use the app without account, try the demonstration, restore a backup, or read a plain FHIR server.

    Before a vault that cannot be opened: only what gives a new one, and the way back to it.
    """
    carnets, store, wide = use_carnets(), use_store(), use_ui().rail

    async def demonstrate() -> None:
        store.open(await carnets.demonstration.open())

    async def begin() -> None:
        sign_in.proceed(Step.SERVER)

    def use_alone() -> None:
        sign_in.account = None
        sign_in.proceed(Step.SECRET)

    demonstration, begun = use_command(demonstrate), use_command(begin)
    tried = ft.FilledTonalButton(
        t("login.try_demonstration"), on_click=demonstration.run, disabled=demonstration.running
    )
    alone = ft.FilledTonalButton(t("newcomers.use_alone"), on_click=use_alone)
    plain = ft.TextButton(t("login.plain_server"), on_click=lambda: sign_in.proceed(Step.PLAIN))
    restored = ft.TextButton(t("login.restore"), on_click=lambda: sign_in.proceed(Step.RESTORE))
    kept = ft.TextButton(t("login.keep_former"), on_click=lambda: setattr(store, "starting_over", False))
    first = [plain, kept] if store.starting_over else [restored, plain]
    others = [alone, *([] if carnets.demo or store.starting_over else [tried]), *first]
    ways = [main_button(t("login.sign_in"), begun), *others, *other_error(demonstration.error)]
    buttons = ft.Column(ways, spacing=12, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    layout = _beside(buttons) if wide else _below(buttons)
    return ft.View(route=Step.WELCOME, padding=0, spacing=0, controls=[demonstration_banner(), layout])


def _beside(buttons: ft.Control) -> ft.Control:
    """The wide layout: who we are at the left, the ways in at the right."""
    right = ft.Container(ft.Container(buttons, width=FORM_WIDTH - 40), expand=4, alignment=ft.Alignment.CENTER)
    return ft.Row([_panel(expand=5), right], expand=True, spacing=0, vertical_alignment=ft.CrossAxisAlignment.STRETCH)


def _below(buttons: ft.Control) -> ft.Control:
    """The phone layout: the panel takes what the buttons leave, and scrolls when the text is large."""
    foot = ft.SafeArea(
        ft.Container(buttons, padding=ft.Padding.only(left=24, right=24, top=24, bottom=16)), avoid_intrusions_top=False
    )
    return ft.Column([_panel(expand=True), foot], expand=True, spacing=0)


def _panel(*, expand: bool | int) -> ft.Control:
    colour = ft.Colors.ON_PRIMARY_CONTAINER
    name = ft.Text(t("app.name"), theme_style=ft.TextThemeStyle.DISPLAY_SMALL, color=colour)
    tagline = ft.Text(t("app.tagline"), theme_style=ft.TextThemeStyle.TITLE_MEDIUM, color=colour)
    promises: list[ft.Control] = [
        ft.Row([ft.Icon(icon, color=colour, size=22), ft.Text(t(words), color=colour, expand=True)], spacing=16)
        for icon, words in _PROMISES
    ]
    content = ft.Column(
        [
            ft.Image(
                src="/icon.png", width=88, height=88, exclude_from_semantics=True, filter_quality=ft.FilterQuality.HIGH
            ),
            ft.Column([ft.Semantics(content=name, header=True, heading_level=1), tagline], spacing=4),
            ft.Column(promises, spacing=16),
        ],
        spacing=28,
        scroll=ft.ScrollMode.AUTO,
        alignment=ft.MainAxisAlignment.CENTER,
        width=FORM_WIDTH,
    )
    return ft.Container(
        ft.SafeArea(content, avoid_intrusions_bottom=False),
        bgcolor=ft.Colors.PRIMARY_CONTAINER,
        padding=ft.Padding.symmetric(horizontal=32, vertical=24),
        alignment=ft.Alignment.CENTER,
        expand=expand,
    )
