"""« Liens »: what goes with an entry, chosen while it is written. A draft keeps it, and it is saved with the entry."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

import flet as ft

from mes_app.domain.inputs import Input, InputKind
from mes_app.domain.links import OPENED, Relinking, list_linkable
from mes_app.domain.record import Kind, Row
from mes_app.i18n import t
from mes_app.services.session import Session
from mes_app.views.forms.labels import labelled, name_input
from mes_app.views.state import use_session
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.links import LinkChoice, linked_row, name_kinds, use_link_choice
from mes_app.views.widgets.loading import use_loaded

LINKS = "links"
"""Among the values of a form: the ids of what its entry is linked to, one a line. No field has this name."""
_ASKED = Input(LINKS, "links.title", InputKind.LINES)


async def read_links(session: Session, kind: Kind, record_id: str) -> dict[str, str]:
    """What a form of ``kind`` says first of links: those of a record that its person may take back.

    Nothing where such an entry has none. Raises Rejected(UNKNOWN_RECORD).
    """
    if not list_linkable(kind):
        return {}
    links = await session.linking.list(record_id) if record_id else []
    return {LINKS: "\n".join(link.row.id for link in links if link.mine)}


async def read_relinking(session: Session, pid: str, opened: Mapping[str, str], typed: Mapping[str, str]) -> Relinking:
    """What becomes of the links, from what was ``opened`` to what was ``typed``. What is gone meanwhile is left out."""
    said = opened.get(LINKS, "")
    before, after = said.splitlines(), typed.get(LINKS, said).splitlines()
    made = await session.linking.rows(pid, [one for one in after if one not in before])
    return Relinking(tuple(row.id for row in made), tuple(one for one in before if one not in after))


@component
def links_group(pid: str, kind: Kind, value: str, change: Callable[[str, str], Awaitable[None]]) -> ft.Control:
    """The records that ``value`` names, and the way to choose more of them; ``change`` hears the new value."""
    session, chosen = use_session(), value.splitlines()
    known: ft.MutableRef[Sequence[Row]] = ft.use_ref(())
    found = use_loaded(lambda: session.linking.rows(pid, chosen), [pid, value], OPENED)
    known.current = known.current if found.value is None else found.value
    linked = [row for row in known.current if row.id in chosen]

    async def find(text: str) -> list[Row]:
        return await session.linking.proposals(pid, kind, text, chosen)

    async def link(other_id: str) -> None:
        await change(LINKS, "\n".join([*chosen, other_id]))

    async def unlink(other_id: str) -> None:
        await change(LINKS, "\n".join(one for one in chosen if one != other_id))

    kinds = list_linkable(kind)
    begin = use_link_choice(LinkChoice(value, kinds, (), find, link, unlink))
    unlinking = use_command(unlink)
    button = ft.OutlinedButton(t("links.add"), icon=ft.Icons.ADD_LINK_ROUNDED, on_click=begin)
    column = ft.Column([*(linked_row(row, unlinking) for row in linked), ft.Row([button], wrap=True)], spacing=6)
    named = ft.Semantics(content=column, label=name_input(_ASKED), container=True)
    return labelled(_ASKED, named, hint=t("links.told", kinds=name_kinds(kinds)))
