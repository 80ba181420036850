"""The keys of a vault, by the app's own means: not a test, run by them as ``python -m tests.security.insider``.

It prints in hexadecimal the data key and the device secret of the vault in the given folder, opened by the given PIN.
"""

import asyncio
import json
import sys
from pathlib import Path

from mes_app.crypto.keys import name_device_secret, read_keys, unwrap_data_key
from mes_app.crypto.secret import Secret
from mes_app.device.keystores import choose_key_store


async def find_keys(folder: Path, pin: str) -> list[str]:
    keys, store = read_keys(folder / "vault" / "keys.json"), choose_key_store()
    assert store
    device_secret = await store.get(name_device_secret(keys.db_id))
    assert device_secret
    data_key = unwrap_data_key(keys, pin, Secret(bytearray(device_secret)))
    return [data_key.view().hex(), device_secret.hex()]


if __name__ == "__main__":
    print(json.dumps(asyncio.run(find_keys(Path(sys.argv[1]), sys.argv[2]))))
