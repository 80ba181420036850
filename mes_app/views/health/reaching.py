"""How somebody of the record is reached: one press to call, to write, or to copy what must be typed elsewhere."""

import re
from urllib.parse import quote

import flet as ft

from mes_app.domain.professional_numbers import is_mssante
from mes_app.domain.record import Entry
from mes_app.domain.sections.contacts import Contact
from mes_app.domain.sections.professionals import Professional
from mes_app.domain.typed_values import parse_email
from mes_app.i18n import t
from mes_app.views.state import use_store
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.texts import muted, section_title


def reach_actions(entry: Entry) -> list[ft.Control]:
    """The ways to a person whom ``entry`` is about; nothing where it tells none."""
    if not isinstance(entry, Contact | Professional):
        return []
    address = [_copy(entry.address)] if entry.address else []
    ways = [*map(_call, entry.phones), *(_write(mail) for mail in entry.emails), *address]
    told = [muted(t("reaching.mssante"))] if any(map(is_mssante, entry.emails)) else []
    row = ft.Row([*ways], spacing=8, run_spacing=8, wrap=True)
    return [card(ft.Column([section_title(t("reaching.title")), row, *told], spacing=12))] if ways else []


def _call(phone: str) -> ft.Control:
    digits = re.sub(r"[^\d+]", "", phone)  # whatever a server wrote there, the link can only be a number
    return ft.OutlinedButton(
        t("reaching.call", phone=phone), icon=ft.Icons.CALL_OUTLINED, action=ft.OpenUrl(f"tel:{digits}")
    )


def _write(address: str) -> ft.Control:
    """To the mail app; what it could not reach, or is no address, is copied."""
    if is_mssante(address) or not parse_email(address):
        return _copy(address)
    link = f"mailto:{quote(address, safe='@')}"  # whatever a server wrote there, no subject and no copy to others
    return ft.OutlinedButton(
        t("reaching.write", address=address), icon=ft.Icons.MAIL_OUTLINE_ROUNDED, action=ft.OpenUrl(link)
    )


def _copy(words: str) -> ft.Control:
    store = use_store()

    def tell() -> None:
        store.tell(t("reaching.copied"))

    return ft.OutlinedButton(
        t("reaching.copy", what=words),
        icon=ft.Icons.CONTENT_COPY_ROUNDED,
        action=ft.CopyToClipboard(words),
        on_click=tell,
    )
