"""What the app is: its version, those of its parts, and the terms of the works it uses."""

from importlib.metadata import version
from pathlib import Path

import flet as ft

import mes_app
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.shell import modal_view, page_column
from mes_app.views.widgets.texts import body, muted, one_line, section_title

NOTICE = Path(mes_app.__file__).parent.parent / "NOTICE"
PARTS = ("flet", "httpx", "sqlcipher3", "cryptography", "pydantic", "reportlab")


@screen
def about_screen() -> ft.View:
    """Name, versions, licences."""
    versions = ft.Column([muted(f"{part} {version(part)}") for part in PARTS], spacing=4)
    name = ft.Row(
        [
            ft.Image(
                src="/icon.png", width=64, height=64, exclude_from_semantics=True, filter_quality=ft.FilterQuality.HIGH
            ),
            ft.Column(
                [section_title(t("app.name")), body(t("settings.version", version=mes_app.__version__))], spacing=0
            ),
        ],
        spacing=16,
    )
    told = [name, body(t("settings.about_told"))]
    licences = [section_title(t("settings.licences")), *_list_licences(NOTICE.read_text("utf-8"))]
    return modal_view(
        t("settings.about"),
        page_column([card(ft.Column(told, spacing=16)), card(versions), card(ft.Column(licences, spacing=16))]),
        back=routes.SETTINGS,
    )


def _list_licences(notice: str) -> list[ft.Control]:
    """The paragraphs of ``notice``; where indented lines follow, its first line is a name."""
    paragraphs: list[ft.Control] = []
    for paragraph in notice.strip().split("\n\n"):
        first, *others = paragraph.splitlines()
        named = any(line.startswith(" ") for line in others)
        words = " ".join(line.strip() for line in (others if named else (first, *others)))
        paragraphs.append(ft.Column([*([one_line(first, strong=True)] if named else []), muted(words)], spacing=4))
    return paragraphs
