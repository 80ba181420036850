"""A real vault on the disk, opened without its PIN: two people, each with words that nobody else may ever read."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from mes_app.crypto.keys import new_key_file, write_keys
from mes_app.crypto.keystore import KeyStore
from mes_app.crypto.secret import Secret
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.domain.values import PartialDate
from mes_app.fhir.bundles import parse_resource
from mes_app.services.emergency_cards import SHOWABLE, EmergencyCards, EmergencyChoices
from mes_app.services.vault_files import VaultFiles, read_salt
from mes_app.store.database import Connection, Database
from mes_app.store.pages import save_page
from mes_app.store.profiles import save_profile
from mes_app.sync.conflicts import merge_versions
from mes_app.sync.pages import make_incoming

ALL = frozenset(SHOWABLE)
MOTHER = Profile(pid="mother", rid="m", name="Anaïs Canariel", birth=PartialDate(text="1988-07-12"), holder=True)
DAUGHTER = Profile(pid="daughter", rid="d", name="Zoé Canariette", birth=PartialDate(text="2017-02-28"), position=1)
TYPES = {
    Kind.ALLERGIES: "AllergyIntolerance",
    Kind.BLOOD_GROUP: "Observation",
    Kind.TREATMENTS: "MedicationStatement",
    Kind.CONTACTS: "RelatedPerson",
    Kind.PROFESSIONALS: "CareTeam",
}

Story = Callable[["Home"], Awaitable[None]]


def canary(pid: str, kind: Kind, what: str = "") -> str:
    """A word that is in one record of one person, and nowhere else."""
    return f"canary{what}-{pid}-{kind}"


def make_record(pid: str, kind: Kind, ver: str = "1", words: str = "", **elements: Any) -> dict[str, Any]:
    """A FHIR resource of a kind, with canaries in what a card shows and, marked as secret, in what it must not."""
    said, secret = {"text": words or canary(pid, kind)}, {"text": canary(pid, kind, "secret")}
    patient = {"reference": f"Patient/{pid}"}
    facts: dict[Kind, dict[str, Any]] = {
        Kind.ALLERGIES: {"patient": patient, "code": said, "recordedDate": "2021-05-03", "note": [secret]},
        Kind.BLOOD_GROUP: {
            "subject": patient,
            "code": {"coding": [{"system": "http://loinc.org", "code": "882-1"}]},
            "valueCodeableConcept": said,
            "effectiveDateTime": "2016-11-09",
            "note": [secret],
        },
        Kind.TREATMENTS: {
            "status": "active",
            "subject": patient,
            "medicationCodeableConcept": said,
            "reasonCode": [secret],
            "note": [secret],
        },
        Kind.CONTACTS: {
            "patient": patient,
            "name": [{"text": said["text"]}],
            "telecom": [
                {"system": "phone", "value": "06 99 00 12 34"},
                {"system": "email", "value": f"{secret['text']}@exemple.fr"},
            ],
            "address": [{"text": secret["text"]}],
        },
        Kind.PROFESSIONALS: {
            "subject": patient,
            "contained": [
                {
                    "resourceType": "Practitioner",
                    "id": "doctor",
                    "name": [said],
                    "telecom": [{"system": "email", "value": f"{secret['text']}@exemple.fr"}],
                    "address": [secret],
                }
            ],
            "participant": [{"role": [{"coding": [{"code": "PCP"}]}], "member": {"reference": "#doctor"}}],
            "note": [secret],
        },
    }
    meta = {"versionId": ver, "source": f"Patient/{pid}"}
    return {"resourceType": TYPES[kind], "id": f"{pid}-{kind}", "meta": meta} | facts[kind] | elements


def save_record(con: Connection, pid: str, resource: dict[str, Any]) -> None:
    """What a sync does with a resource."""
    save_page(
        con, pid, [make_incoming(parse_resource(json.dumps(resource).encode()), holder=True)], merge=merge_versions
    )


class Home:
    """One vault over several openings. ``choices`` and ``database`` are those of the last one."""

    def __init__(self, folder: Path, key_store: KeyStore | None) -> None:
        self.files = VaultFiles(folder / "vault")
        self.key_store = key_store
        self.database: Database
        self.choices: EmergencyChoices

    @property
    def cards(self) -> EmergencyCards:
        """The cards as a new start of the app sees them."""
        return EmergencyCards(self.files, self.key_store)

    async def make(self) -> None:
        """A new vault that holds everything of both."""
        self.files.make_empty()
        database = await Database.open(self.files.database, self.data_key(), create=True)
        await database.write(_fill)
        await database.close()
        write_keys(self.files.keys, new_key_file("db-1", read_salt(self.files.database)))

    async def open(self) -> None:
        """What unlocking does."""
        self.database = await Database.open(self.files.database, self.data_key())
        self.choices = await EmergencyChoices.open(self.database, self.cards)

    async def close(self) -> None:
        """What locking does, in its order."""
        await self.database.close()
        self.choices.close()

    async def change(self, pid: str, kind: Kind, ver: str, words: str = "", **elements: Any) -> None:
        """The server sends a newer version of a record."""
        await self.database.write(save_record, pid, make_record(pid, kind, ver, words, **elements))

    async def read_words(self) -> str:
        """All that the cards say."""
        return " ".join(repr(card) for card in await self.cards.read())

    @staticmethod
    def data_key() -> Secret:
        """The key that a PIN would have given."""
        return Secret(bytearray(range(32)))


def _fill(con: Connection) -> None:
    for profile in (MOTHER, DAUGHTER):
        save_profile(con, profile)
        for kind in SHOWABLE:
            save_record(con, profile.pid, make_record(profile.pid, kind))


def tell(folder: Path, key_store: KeyStore | None, story: Story) -> None:
    """Run ``story`` in a new vault that was just unlocked, and lock it."""

    async def run() -> None:
        home = Home(folder, key_store)
        await home.make()
        await home.open()
        try:
            await story(home)
        finally:
            await home.close()

    asyncio.run(run())
