"""What can be known of the network in use: its kind on phones, nothing elsewhere."""

from collections.abc import Collection

import flet as ft

_UNMETERED = {ft.ConnectivityType.WIFI, ft.ConnectivityType.ETHERNET}


def knows_network(page: ft.Page) -> bool:
    """Whether this device tells Wi-Fi from a mobile network."""
    return bool(not page.web and page.platform and page.platform.is_mobile())


def is_metered(kinds: Collection[ft.ConnectivityType]) -> bool:
    """Whether none of the networks in use is Wi-Fi or a cable."""
    return _UNMETERED.isdisjoint(kinds)
