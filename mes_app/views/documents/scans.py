"""A medical image on the screen: one frame at a time, its greys as bright and as strong as the person wants."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import flet as ft

from mes_app.domain.scans import Scan, Window
from mes_app.i18n import decimal, t
from mes_app.views.state import use_ui
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.previews import preview_wait
from mes_app.views.widgets.signs import note_sign
from mes_app.views.widgets.texts import muted
from mes_app.views.widgets.zooming import Press, Zooming, sign_button, use_zoom, with_keys, zoom_buttons

ZOOM_MOST = 8
STEPS = 200
CONTROLS_WIDTH = 620

RenderFrame = Callable[[int, Window | None], Awaitable[bytes]]
"""A frame, from 0, through a window, as PNG."""


@component
def scan_panel(scan: Scan, render: RenderFrame, identity: object) -> ft.Control:
    """The frames of ``scan``, which ``render`` draws; ``identity`` changes with the document."""
    frame, set_frame = ft.use_state(0)
    window, set_window = ft.use_state(scan.presets[0] if scan.presets else None)
    read = use_loaded(lambda: render(frame, window), [identity, frame, window])
    latest: ft.MutableRef[bytes] = ft.use_ref()
    zooming, ui = use_zoom(), use_ui()
    tuned, tune = ft.use_state(ui.rail)
    latest.current = read.value or latest.current
    if read.failure:
        return ft.ListView([read.show(lambda _: ft.Container())], padding=ui.margin)
    words = t("reading.frame", number=decimal(frame + 1), count=decimal(scan.frames))
    image = _image(latest.current, words, zooming) if latest.current else preview_wait(t("reading.scan"))
    tools = [*zoom_buttons(zooming.zoom), *([_tuner(tune, tuned=tuned)] if window else [])]
    leafing: list[ft.Control] = []
    if scan.frames > 1:
        leafing.append(_slider(words, frame, (0, scan.frames - 1), lambda value: set_frame(round(value)), whole=True))
    lines: list[ft.Control] = [_line(leafing, tools)]
    if window and tuned:
        lines += _window_controls(scan, window, set_window)
    below = ft.Column([*lines, muted(t("reading.scan_note"))], spacing=4, width=CONTROLS_WIDTH, tight=True)
    held = ft.Row([ft.Container(below, expand=True, expand_loose=True)], alignment=ft.MainAxisAlignment.CENTER)
    column = [image, ft.Container(held, padding=ft.Padding.symmetric(horizontal=16, vertical=8))]
    return with_keys(ft.Column(column, expand=True), zooming.zoom, _list_keys(frame, scan.frames, set_frame))


def _line(leafing: list[ft.Control], tools: list[ft.Control]) -> ft.Control:
    return ft.Row([ft.Container(ft.Column(leafing, tight=True), expand=True), *tools], spacing=0)


def _tuner(tune: Callable[[bool], None], *, tuned: bool) -> ft.Control:
    """Shows the greys to be chosen, or hides them: on a phone they would take the place of the image."""
    key = "reading.tuned" if tuned else "reading.tune"
    return sign_button(ft.Icons.EXPAND_MORE_ROUNDED if tuned else ft.Icons.TUNE_ROUNDED, key, lambda: tune(not tuned))


def _list_keys(frame: int, count: int, show: Callable[[int], None]) -> dict[str, Press]:
    return {"Page Up": lambda: show(max(frame - 1, 0)), "Page Down": lambda: show(min(frame + 1, count - 1))}


def _image(png: bytes, words: str, zooming: Zooming) -> ft.Control:
    """The frame, to be enlarged; the former one stays until the next is drawn."""
    picture = ft.Image(
        src=png, fit=ft.BoxFit.CONTAIN, gapless_playback=True, semantics_label=f"{t('reading.scan')}, {words}"
    )
    viewer = ft.InteractiveViewer(
        picture, ref=zooming.viewer, max_scale=ZOOM_MOST, on_interaction_start=note_sign, expand=True
    )
    return ft.Container(viewer, expand=True, width=float("inf"), bgcolor=ft.Colors.BLACK, on_size_change=zooming.fit)


def _window_controls(scan: Scan, window: Window, choose: Callable[[Window], None]) -> list[ft.Control]:
    """Sliders for brightness and contrast, and the presets of the file. Less of a width is more of a contrast."""
    lowest = min(scan.lowest, *(preset.centre - preset.width for preset in scan.presets))
    highest = max(scan.highest, *(preset.centre + preset.width for preset in scan.presets))
    widest = highest - lowest + 1
    brightness = _slider(
        t("reading.centre"),
        lowest + highest - window.centre,
        (lowest, highest),
        lambda value: choose(replace(window, centre=lowest + highest - value)),
    )
    contrast = _slider(
        t("reading.width"),
        widest + 1 - window.width,
        (1, widest),
        lambda value: choose(replace(window, width=widest + 1 - value)),
    )
    return [brightness, contrast, _presets(scan, window, choose)]


def _presets(scan: Scan, window: Window, choose: Callable[[Window], None]) -> ft.Control:
    whole = Window((scan.lowest + scan.highest) / 2, max(scan.highest - scan.lowest, 1), t("reading.whole_range"))
    named = [
        replace(preset, name=preset.name or t("reading.preset", number=rank))
        for rank, preset in enumerate(scan.presets, start=1)
    ]
    return ft.Row([_chip(preset, window, choose) for preset in _distinct([*named, whole])], wrap=True, spacing=8)


def _distinct(presets: Sequence[Window]) -> list[Window]:
    """The presets that look different from each other, the last of two alike: it has the clearer name."""
    return list({(preset.centre, preset.width): preset for preset in presets}.values())


def _chip(preset: Window, window: Window, choose: Callable[[Window], None]) -> ft.Control:
    chosen = (preset.centre, preset.width) == (window.centre, window.width)
    return ft.Chip(label=preset.name, selected=chosen, on_select=lambda: choose(preset), show_checkmark=True)


def _slider(
    words: str, value: float, bounds: tuple[float, float], move: Callable[[float], None], *, whole: bool = False
) -> ft.Control:
    """A slider under its name; in whole numbers, or in steps too small to be told apart."""
    low, high = bounds
    slider = ft.Slider(
        value=min(max(value, low), high),
        min=low,
        max=high,
        divisions=int(high - low) if whole else STEPS,
        on_change=lambda event: move(float(event.control.value)),
    )
    return ft.Semantics(content=ft.Column([muted(words), slider], spacing=0, tight=True), label=words)
