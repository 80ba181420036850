"""Every row has an icon, whatever it is of."""

from mes_app.domain.documents import Category
from mes_app.domain.record import Kind
from mes_app.views.widgets.icons import CATEGORY_ICONS, KIND_ICONS


def test_every_kind_and_every_category_has_its_icon() -> None:
    assert set(KIND_ICONS) == set(Kind)
    assert set(CATEGORY_ICONS) == set(Category)
