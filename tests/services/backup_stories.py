"""A vault to back up and to restore: records, changes that wait, contents, settings and a sign-in, all of it real."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from mes_app.crypto.costs import FLOOR
from mes_app.crypto.secret import Secret
from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.services.backups import Backups, unpack_backup
from mes_app.services.clocks import Clock
from mes_app.services.freshness import Freshness
from mes_app.services.vault_files import VaultFiles, drafted
from mes_app.store.blobs import Blobs
from mes_app.store.database import Connection, Database
from mes_app.store.preferences import put_preference
from mes_app.store.profiles import save_profile
from mes_app.sync.accounts import save_account
from tests.store.samples import PARENT, make_incoming, make_key, save_page

PASSPHRASE = "quatre mots au hasard"
CANARY = "Hypercholestérolémie"
TOKENS = ("canary-refresh-token", "canary-dpop-key", "canary-bearer-token", "canary-auth-session")
ACCOUNT = ServerAccount(
    fhir_base="https://sante.example/fhir",
    sign_in=SignIn.CHALLENGE,
    user="camille.martin",
    refresh_token=SecretStr(TOKENS[0]),
    dpop_key=SecretStr(TOKENS[1]),
    bearer=SecretStr(TOKENS[2]),
    auth_session=SecretStr(TOKENS[3]),
)
FRESH = Freshness(Clock(uptime=lambda: 0.0, wall=lambda: 0.0))
FRESH.note()


def ignore(_done: int, _total: int) -> None:
    """A progress that nobody looks at."""


@asynccontextmanager
async def opened(files: VaultFiles, key: Secret | None = None) -> AsyncIterator[tuple[Database, Blobs]]:
    """The store in a folder, under the key of these stories unless told otherwise."""
    database = await Database.open(files.database, key or make_key())
    try:
        yield database, Blobs(files.contents, database)
    finally:
        await database.close()


async def make_vault(root: Path, documents: int, content: bytes = CANARY.encode() * 100) -> None:
    """A vault under ``root``, closed again. Each content differs by its first bytes."""
    files = VaultFiles(root / "vault")
    files.make_empty()
    (root / "settings.json").write_text('{"theme": "dark"}')
    await (await Database.open(files.database, make_key(), create=True)).close()
    async with opened(files) as (database, blobs):
        ids = await database.write(_write_records, documents)
        for number, record_id in enumerate(ids):
            await blobs.save(record_id, number.to_bytes(4, "big") + content)
        for length in (1, 1500, 1):  # tokens are renewed again and again, and leave pages behind
            renewed = ACCOUNT.model_copy(update={"refresh_token": SecretStr(TOKENS[0] * length)})
            await database.write(save_account, renewed)


def make_backups(root: Path, database: Database, blobs: Blobs) -> Backups:
    """What backs it up, for a passphrase that costs as little as is allowed."""
    return Backups(database, blobs, root / "settings.json", FRESH, FLOOR)


async def back_up(root: Path, path: Path) -> None:
    """A backup of the vault under ``root``."""
    async with opened(VaultFiles(root / "vault")) as (database, blobs):
        await make_backups(root, database, blobs).write(path, PASSPHRASE, ignore)


async def restore(path: Path, root: Path, passphrase: str = PASSPHRASE) -> tuple[VaultFiles, Secret]:
    """The vault of a backup, in an empty folder of another machine, and the key of its database."""
    files = VaultFiles(root / "vault")
    with drafted(VaultFiles(root / "vault.new")) as drafts:
        key = await unpack_backup(path, passphrase, drafts, ignore)
        drafts.publish(files)
    return files, key


async def dump(files: VaultFiles, key: Secret | None = None) -> dict[str, list[Any]]:
    """Every row of every table but the sign-in, and every content."""
    async with opened(files, key) as (database, blobs):
        rows = await database.read(_read_tables)
        rows["contents"] = [await blobs.read(record_id) for record_id, *_ in rows["blob"]]
        return rows


def _write_records(con: Connection, documents: int) -> list[str]:
    save_profile(con, PARENT.model_copy(update={"name": CANARY}))
    page = [make_incoming(f"d{number}", title=CANARY, body=CANARY.encode()) for number in range(documents)]
    save_page(con, PARENT.pid, page)
    ids = [record_id for (record_id,) in con.execute("SELECT lid FROM res ORDER BY lid")]
    con.execute("UPDATE body SET overlay = ? WHERE lid = ?", (b'{"mine": 1}', ids[0]))
    con.execute(
        "INSERT INTO outbox (op_id, lid, op, base_ver, base_body, body, deps, state, attempts, next_at)"
        " VALUES ('op', ?, 'U', '1', ?, ?, '[]', 'ready', 0, 0.5)",
        (ids[0], b"{}", b'{"mine": 1}'),
    )
    sql = "INSERT INTO conflict (lid, base, mine, theirs, ver, upd, at) VALUES (?, ?, ?, ?, '2', '', 1717243200)"
    con.execute(sql, (ids[1], b"{}", b'{"mine": 1}', b'{"theirs": 1}'))
    put_preference(con, "emergency", {"shown": ["blood_group"]})
    return ids


def _read_tables(con: Connection) -> dict[str, list[Any]]:
    tables = [name for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    rows = {name: sorted(con.execute(f"SELECT * FROM {name}"), key=repr) for name in tables}  # noqa: S608
    rows["preference"] = [row for row in rows["preference"] if row[0] != "server_account"]
    return rows
