"""Changes of keys, killed. Not a test: run by them as ``python -m tests.store.changer``.

Each line read is [folder, key of the store, new key, seconds] in JSON: a process, forked so that it starts at once,
gives the store its new key, or without one renews its contents, and is killed after so many seconds, if any. Each line
printed is the number of seconds that the change lasted.
"""

import asyncio
import json
import os
import signal
import sys
import time
from pathlib import Path

from mes_app.crypto.secret import Secret
from mes_app.store.blobs import Blobs
from mes_app.store.database import Database


async def change(folder: Path, former: str, new: str | None, begun: int) -> None:
    database = await Database.open(folder / "store.db", Secret(bytearray.fromhex(former)))
    os.write(begun, b".")
    if new:
        await database.change_key(Secret(bytearray.fromhex(new)))
    else:
        await Blobs(folder / "blobs", database).renew(lambda *_: None)
    await database.close()


def change_and_kill(folder: str, former: str, new: str | None, seconds: float | None) -> float:
    has_begun, begun = os.pipe()
    process = os.fork()
    if process == 0:
        asyncio.run(change(Path(folder), former, new, begun))
        os._exit(0)
    os.read(has_begun, 1)
    start = time.monotonic()
    if seconds is not None:
        time.sleep(seconds)
        os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    os.close(has_begun)
    os.close(begun)
    return time.monotonic() - start


if __name__ == "__main__":
    for line in sys.stdin:
        print(change_and_kill(*json.loads(line)), flush=True)
