"""The app of one person whose memory others look into: not a test, run as ``python -m tests.security.remembering``.

It does what each line of its input says and answers with a line. What people type comes and goes masked, so that every
copy of it is one that the app made. What it reads is what screens are made of.
"""

import asyncio
import ctypes
import json
import os
import sys
from pathlib import Path

from mes_app.bootstrap import make_carnets
from mes_app.config import Config
from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.errors import Unreadable
from mes_app.services.emergency_contents import SHOWABLE
from mes_app.services.session import Session
from mes_app.sync.bundle_servers import BASE, HOLDER
from tests.security.memories import mask
from tests.services.family import list_documents

FAMILY = ServerAccount(fhir_base=BASE, sign_in=SignIn.PLAIN, person=HOLDER)
_PR_SET_DUMPABLE = 4


class Person:
    """Does by name what a person does. What was read stays in ``seen``, as it would on a screen."""

    def __init__(self, data: Path, assets: Path) -> None:
        self._data = data
        self._carnets = make_carnets(Config(data=data, assets=assets))
        self._session: Session | None = None
        self._seen: list[object] = []
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)  # else only root may look in

    @property
    def session(self) -> Session:
        assert self._session
        return self._session

    async def create(self, secret: str) -> None:
        """A vault with the whole family in it."""
        self._session = await self._carnets.vault.create(secret)
        await self.session.syncing.connect(FAMILY)
        await self.session.syncing.run()
        await self.session.syncing.disconnect()

    async def unlock(self, secret: str) -> None:
        self._session = await self._carnets.vault.unlock(secret)

    async def recover(self, code: str, secret: str) -> None:
        self._session = await self._carnets.vault.recover(code, secret)

    async def change_secret(self, secret: str, new: str) -> None:
        await self.session.ways.change_secret(secret, new)

    async def change_key(self, secret: str) -> None:
        await self.session.ways.change_key(secret, lambda done, total: None)

    async def note_recovery(self, secret: str) -> str:
        draft = await self.session.ways.prepare_recovery(secret)
        await self.session.ways.keep_recovery(draft)
        return mask(draft.code)

    async def show_in_emergency(self) -> None:
        holder, *_ = await self.session.profiles.list()
        await self.session.emergency.choose(holder.pid, frozenset(SHOWABLE))

    async def back_up(self, passphrase: str) -> None:
        """Stops at the first word of how far it is, says so, and goes on at the next line."""
        asked = False

        def report(_done: int, _total: int) -> None:
            nonlocal asked
            if not asked:
                asked = True
                answer(None)
                os.read(0, 1)

        await self.session.backups.write(self._data / "backup", passphrase, report)

    async def read(self) -> None:
        """Every list, every entry, every page."""
        for profile in await self.session.profiles.list():
            await self._read_health(profile.pid)
            await self._read_documents(profile.pid)
            self._seen.append(await self.session.synthesis.make(profile.pid))

    async def lock(self) -> None:
        self._seen.clear()
        self._session = None
        await self._carnets.vault.lock()

    async def keep(self, *kept: str) -> None:
        """Have these bytes in memory, given in hexadecimal."""
        self._seen.extend(map(bytes.fromhex, kept))

    async def _read_health(self, pid: str) -> None:
        health, agenda = self.session.health, self.session.agenda
        for section in await health.summaries(pid):
            rows = await health.rows(pid, section.kind)
            self._seen += [section, await health.entries(pid, section.kind)]
            self._seen += [(row, await health.entry(row.id)) for row in rows]
        self._seen += [await health.emergency(pid), series := await health.series(pid)]
        self._seen += [await health.history(pid, each.measure) for each in series]
        rows = [*await agenda.past(pid), *await agenda.upcoming(pid)]
        self._seen += [(row, await agenda.open(row.id)) for row in rows]

    async def _read_documents(self, pid: str) -> None:
        documents = self.session.documents
        for row in await list_documents(self.session, pid):
            content = await documents.content(row.id)
            self._seen += [row, content, await documents.open(row.id)]
            try:
                preview = await documents.preview(content)
            except Unreadable:  # of a kind that is not shown
                continue
            self._seen += [await documents.render_page(content, page, 400) for page in range(preview.pages)]


def answer(word: str | None) -> None:
    os.write(1, json.dumps(word).encode() + b"\n")


async def obey(person: Person) -> None:
    """Each line is a JSON list of a name and of what is typed."""
    with os.fdopen(0, "rb", buffering=0) as lines:
        while line := await asyncio.to_thread(lines.readline):
            name, *typed = json.loads(line)
            answer(await getattr(person, name)(*map(mask, typed)))


if __name__ == "__main__":
    asyncio.run(obey(Person(Path(sys.argv[1]), Path(sys.argv[2]))))
