"""Which server, who, and for a server without accounts, whose records."""

from typing import Any

import flet as ft

from mes_app.domain.servers import ServerAccount
from mes_app.domain.servers import SignIn as Way
from mes_app.i18n import t
from mes_app.views.login.state import SignIn, Step
from mes_app.views.state import use_carnets
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.entrance import entrance_view
from mes_app.views.widgets.fields import main_button, other_error, read_field_error, secret_field, text_field
from mes_app.views.widgets.texts import muted

_NEXT = {Way.CHALLENGE: Step.PASSWORD, Way.SMART: Step.BROWSER, Way.PLAIN: Step.PLAIN}
_URL: dict[str, Any] = {
    "keyboard_type": ft.KeyboardType.URL,
    "autocorrect": False,
    "autofill_hints": [ft.AutofillHint.URL],
}


@screen
def server_screen(sign_in: SignIn) -> ft.View:
    """Asks the address of the server, and looks whether one answers there."""
    carnets = use_carnets()

    async def find(address: str = sign_in.address) -> None:
        sign_in.server = await carnets.login.find_server(address.strip())
        sign_in.proceed(_NEXT[sign_in.server.sign_in])

    command = use_command(find)
    field = text_field(
        t("login.address"),
        sign_in.address,
        lambda value: setattr(sign_in, "address", value),
        hint=t("login.address_hint"),
        autofocus=True,
        error=read_field_error(command.error),
        on_submit=command.run,
        **_URL,
    )
    button = main_button(t("app.continue"), command, disabled=not sign_in.address.strip())
    controls = [field, *other_error(command.error), button]
    return entrance_view(
        Step.SERVER,
        ft.Icons.LOCAL_HOSPITAL_OUTLINED,
        t("login.server_title"),
        t("login.server_hint"),
        controls,
        on_back=sign_in.go_back,
    )


@screen
def password_screen(sign_in: SignIn) -> ft.View:
    """Asks the name of the account and the password, together, as password managers expect."""
    carnets = use_carnets()
    password, set_password = ft.use_state("")
    known = bool(sign_in.known and sign_in.user)

    async def send(given: str = password) -> None:
        set_password("")
        sign_in.code = await carnets.login.send_password(read_server(sign_in), sign_in.user.strip(), given)
        sign_in.proceed(Step.CODE)

    command = use_command(send)
    user = text_field(
        t("login.user"),
        sign_in.user,
        lambda value: setattr(sign_in, "user", value),
        autofill_hints=[ft.AutofillHint.USERNAME],
        autofocus=not known,
        read_only=known,
        autocorrect=False,
    )
    secret = secret_field(
        t("login.password"),
        password,
        set_password,
        error=read_field_error(command.error),
        autofill_hints=[ft.AutofillHint.PASSWORD],
        autofocus=known,
        on_submit=command.run,
    )
    told = [muted(t("login.demo_password"))] if carnets.demo else []
    button = main_button(t("app.continue"), command, disabled=not (sign_in.user.strip() and password))
    hint = t("login.password_hint", server=read_server(sign_in).fhir_base)
    return entrance_view(
        Step.PASSWORD,
        ft.Icons.PERSON_OUTLINE_ROUNDED,
        t("login.password_title"),
        hint,
        [user, secret, *told, *other_error(command.error), button],
        on_back=sign_in.go_back,
    )


@screen
def plain_screen(sign_in: SignIn) -> ft.View:
    """Asks the base address of a FHIR server without accounts, whom to follow, and a token where it wants one."""
    carnets = use_carnets()
    bearer, set_bearer = ft.use_state("")

    async def connect() -> None:
        wanted = sign_in.patients.replace(",", " ").split()
        account = await carnets.login.connect_plain(sign_in.address.strip(), wanted, bearer.strip() or None)
        set_bearer("")
        await sign_in.enrol(account)

    command = use_command(connect)
    address = text_field(
        t("login.fhir_address"),
        sign_in.address,
        lambda value: setattr(sign_in, "address", value),
        read_only=sign_in.known,
        **_URL,
    )
    who = text_field(
        t("login.patients"),
        sign_in.patients,
        lambda value: setattr(sign_in, "patients", value),
        hint=t("login.patients_hint"),
        error=read_field_error(command.error),
        autocorrect=False,
        read_only=sign_in.known,
    )
    token = secret_field(t("login.bearer"), bearer, set_bearer, hint=t("login.bearer_hint"))
    button = main_button(
        t("app.continue"), command, disabled=not (sign_in.address.strip() and sign_in.patients.strip())
    )
    controls = [address, who, token, *other_error(command.error), button]
    return entrance_view(
        Step.PLAIN,
        ft.Icons.DNS_OUTLINED,
        t("login.plain_title"),
        t("login.plain_hint"),
        controls,
        on_back=sign_in.go_back,
    )


def read_server(sign_in: SignIn) -> ServerAccount:
    """The server of the step before; its absence would be a fault of ours."""
    if sign_in.server is None:
        raise LookupError(Step.SERVER)
    return sign_in.server
