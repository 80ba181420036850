"""Whether the open vault has a service: without one, screens speak of none."""

from mes_app.views.state import use_session
from mes_app.views.widgets.loading import use_loaded


def use_connected() -> bool | None:
    """Whether a service keeps records of this vault, as it was when the screen was opened; None until that is read."""
    session = use_session()

    async def look() -> bool:
        return await session.syncing.account() is not None

    return use_loaded(look, [session]).value
