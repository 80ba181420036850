"""The files that a person picked, as they are put into the list."""

import flet as ft

from mes_app.views.widgets.picked_files import order_picked


def test_pages_handed_over_by_a_browser_stand_in_the_order_of_their_numbers() -> None:
    names = ["Page 10.jpg", "page 2.jpg", "page 1 (verso).jpg", "page 1.jpg", "IMG_20261103_101530.jpg"]
    picked = [ft.FilePickerFile(id=number, name=name, size=1) for number, name in enumerate(names)]
    ordered = [file.name for file in order_picked(picked)]
    assert ordered == ["IMG_20261103_101530.jpg", "page 1 (verso).jpg", "page 1.jpg", "page 2.jpg", "Page 10.jpg"]
