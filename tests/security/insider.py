"""The keys of a vault, by the app's own means: not a test, run by them as ``python -m tests.security.insider``.

It prints in hexadecimal the data key of the vault in the given folder, opened by the given PIN, then what the key store
holds for it: the device secret and, if any card is shown, the key of the emergency cards.
"""

import asyncio
import json
import sys
from pathlib import Path

from mes_app.crypto.keys import (
    SlotKind,
    derive_typed,
    name_device_secret,
    name_emergency_key,
    open_slot,
    read_keys,
)
from mes_app.crypto.secret import Secret
from mes_app.device.keystores import choose_key_store


async def find_keys(folder: Path, pin: str) -> list[str]:
    keys, store = read_keys(folder / "vault" / "keys.json"), choose_key_store()
    assert store
    device_secret = await store.get(name_device_secret(keys.db_id))
    assert device_secret
    with derive_typed(keys, pin, Secret(bytearray(device_secret))) as wrapping:
        data_key = open_slot(keys, SlotKind.PIN, wrapping)
    emergency_key = await store.get(name_emergency_key(keys.db_id))
    return [key.hex() for key in (data_key.view(), device_secret, emergency_key) if key]


if __name__ == "__main__":
    print(json.dumps(asyncio.run(find_keys(Path(sys.argv[3]), sys.argv[1]))))
