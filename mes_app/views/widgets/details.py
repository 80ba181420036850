"""What one record says, as labels above their values, and who said it."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import flet as ft

from mes_app.domain.fields import list_fields
from mes_app.domain.record import Entry, Kind
from mes_app.i18n import field_value, t
from mes_app.views.theme import SEMIBOLD
from mes_app.views.widgets.words import tell_moment


class Detail(NamedTuple):
    """A label and the words of its value."""

    label: str
    value: str


def list_details(entry: Entry, kind: Kind, *, without: Collection[str] = ()) -> list[Detail]:
    """Every filled field of ``entry`` in the order of its declaration, less those named in ``without``."""
    fields = (field for field in list_fields(entry, kind) if field.name not in without)
    return [Detail(t(field.label), field_value(field.kind, field.value)) for field in fields]


def tell_origin(entry: Entry) -> str:
    """« Déclaré par le patient · Camille Martin · ven. 3 mai 2019 », of what is known."""
    parts = (t(f"sections.source.{entry.source}"), entry.author, tell_moment(entry.recorded))
    return " · ".join(part for part in parts if part)


def keep_filled(pairs: Iterable[tuple[str, str | None]]) -> list[Detail]:
    """The pairs that have a value."""
    return [Detail(label, value) for label, value in pairs if value]


def detail_list(details: Sequence[Detail]) -> ft.Control:
    """The details one below the other; each is read aloud as one sentence."""
    return ft.Column([_detail(detail) for detail in details], spacing=16)


def _detail(detail: Detail) -> ft.Control:
    label = ft.Text(
        detail.label,
        theme_style=ft.TextThemeStyle.BODY_MEDIUM,
        color=ft.Colors.ON_SURFACE_VARIANT,
        font_family=SEMIBOLD,
    )
    value = ft.Text(capitalise(detail.value), theme_style=ft.TextThemeStyle.BODY_LARGE)
    words = f"{detail.label} : {detail.value}"
    return ft.Semantics(
        content=ft.Column([label, value], spacing=2), label=words, container=True, exclude_semantics=True
    )


def capitalise(words: str) -> str:
    """``words`` as the beginning of a line; a mail address stays as it is written."""
    return words if "@" in words else words[:1].upper() + words[1:]
