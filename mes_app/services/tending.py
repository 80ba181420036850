"""What an open vault does for itself in the background: finish a change of key, and be examined once a day."""

from contextlib import suppress
from datetime import UTC, datetime

from mes_app.errors import Unreadable
from mes_app.services.clocks import Clock
from mes_app.store.blobs import Blobs
from mes_app.store.database import Database
from mes_app.store.preferences import get_preference, put_preference

_EXAMINED = "examined"


async def tend(database: Database, blobs: Blobs, clock: Clock) -> None:
    """Give contents their new keys where a change was cut short; then read every page of the store, once a day.

    Raises Unreadable(DAMAGED) when the store is not as it was written, Locked once it closes.
    """
    with suppress(Unreadable):  # a content that cannot be read, or no room: that is said when it is opened
        await blobs.renew(_keep_quiet)
    today = datetime.fromtimestamp(clock.wall(), UTC).date().isoformat()
    if await database.read(get_preference, _EXAMINED) != today:
        await database.check()
        await database.write(put_preference, _EXAMINED, today)


def _keep_quiet(_done: int, _total: int) -> None:
    pass
