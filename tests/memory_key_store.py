"""A key store in memory, with the faults that real ones have."""

from mes_app.errors import Reason, Unreadable


class MemoryKeyStore:
    """Keeps values in ``items``. ``silent``: answers nothing. ``forgetful``: keeps nothing and says nothing of it."""

    def __init__(self, *, forgetful: bool = False) -> None:
        self.items: dict[str, bytes] = {}
        self.silent = False
        self._forgetful = forgetful

    async def get(self, name: str) -> bytes | None:
        self._answer()
        return self.items.get(name)

    async def put(self, name: str, value: bytes) -> None:
        self._answer()
        if not self._forgetful:
            self.items[name] = value

    async def delete(self, name: str) -> None:
        self._answer()
        self.items.pop(name, None)

    def _answer(self) -> None:
        if self.silent:
            raise Unreadable(Reason.NO_KEY_STORE)
