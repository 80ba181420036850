"""The database of a vault under its key: opened by whichever key it has, or brought from a backup's key to its own."""

from collections.abc import Awaitable, Callable

from mes_app.crypto.keys import KeyFile, list_candidates, write_keys
from mes_app.crypto.secret import Secret
from mes_app.errors import NotAllowed, Reason, Unreadable
from mes_app.services.vault_files import VaultFiles, check_files
from mes_app.store.database import Database
from mes_app.store.eras import begin_era

Unwrap = Callable[[KeyFile], Awaitable[Secret]]


async def open_store(files: VaultFiles, unwrap: Unwrap) -> tuple[Database, Secret]:
    """The open store and its key, which the caller wipes. Settles a change of key that was cut short.

    Raises what ``unwrap`` raises, Unreadable: NOT_A_VAULT | DAMAGED | NEWER_VERSION | DISK_FULL.
    """
    *others, last = list_candidates(check_files(files))
    for keys in others:
        try:
            opened = await _open(files, keys, unwrap)
        except NotAllowed:  # that way in exists for the present key only
            continue
        except Unreadable as error:
            if error.reason is not Reason.NOT_A_VAULT:
                raise
            continue
        write_keys(files.keys, keys)
        return opened
    opened = await _open(files, last, unwrap)
    if others:
        write_keys(files.keys, last)
    return opened


async def take_over(drafts: VaultFiles, present: Secret, key: Secret) -> None:
    """Examine the database of ``drafts``, which opens with ``present``, and encrypt it under ``key``.

    Its contents get new keys once the vault is open. Raises Unreadable(DAMAGED | NEWER_VERSION | DISK_FULL).
    """
    database = await Database.open(drafts.database, present)
    try:
        await database.check()
        await database.write(begin_era)
        await database.change_key(key)
    finally:
        await database.close()


async def _open(files: VaultFiles, keys: KeyFile, unwrap: Unwrap) -> tuple[Database, Secret]:
    data_key = await unwrap(keys)
    try:
        return await Database.open(files.database, data_key), data_key
    except BaseException:
        data_key.wipe()
        raise
