"""What a terminal says of conflicts and of changes that wait, on real services over a real store."""

import argparse
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from mes_app.cli.settling import settle_conflicts, settle_outbox
from mes_app.cli.terminal import Terminal
from mes_app.errors import Reason, Rejected
from mes_app.services.conflicts import Conflicts, Side
from mes_app.services.profiles import Profiles
from mes_app.services.session import Session
from mes_app.services.unsent import Unsent
from mes_app.store.database import Connection
from mes_app.store.outbox import list_due, quarantine
from tests.services.backup_stories import FRESH
from tests.services.pens import NOON, Desk, at_desk
from tests.services.test_conflicts import clash
from tests.store.samples import PARENT

WHOLE = [("", Side.MINE)]
Command = Callable[[Session, argparse.Namespace, Terminal], Awaitable[None]]


@dataclass
class Here:
    """The services that these commands ask."""

    profiles: Profiles
    conflicts: Conflicts
    unsent: Unsent


def refuse_all(con: Connection) -> None:
    for op in list_due(con, PARENT.pid, NOON.timestamp() + 60):
        quarantine(con, op, Reason.NOT_ACCEPTED, 422, "Date manquante")


class Said:
    """Runs commands on one desk and reads what they print."""

    def __init__(self, desk: Desk, unsent: Unsent, capsys: pytest.CaptureFixture[str]) -> None:
        self.here = cast(Any, Here(Profiles(desk.pen, FRESH), Conflicts(desk.pen), unsent))
        self.capsys = capsys

    async def ask(self, command: Command, **words: object) -> Any:
        await command(self.here, argparse.Namespace(**{"action": None} | words), Terminal(json=True))
        return json.loads(self.capsys.readouterr().out)

    async def read(self, command: Command, **words: object) -> str:
        await command(self.here, argparse.Namespace(**{"action": None} | words), Terminal())
        return self.capsys.readouterr().out


def tell(folder: Path, capsys: pytest.CaptureFixture[str], story: Callable[[Said, Desk], Awaitable[None]]) -> None:
    async def run(desk: Desk) -> None:
        await story(Said(desk, await Unsent.open(desk.pen, folder / "unsent.json"), capsys), desk)

    at_desk(folder, run)


def test_a_conflict_shows_both_versions_and_one_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async def story(said: Said, desk: Desk) -> None:
        record_id = await clash(desk)
        (conflict,) = await said.ask(settle_conflicts)
        assert (conflict["id"], conflict["title"], conflict["deleted"]) == (record_id, "Pollen", [])
        clashing = [(field["name"], field["mine"]) for field in conflict["fields"] if field["clash"]]
        assert clashing == [("criticality", "high")]
        words = await said.read(settle_conflicts)
        assert "Pollen" in words
        assert "sections." not in words
        (change,) = await said.ask(settle_outbox)
        assert change["state"] == "conflict"
        await said.ask(settle_conflicts, action="resolve", id=record_id, choices=WHOLE)
        assert await said.ask(settle_conflicts) == []
        (change,) = await said.ask(settle_outbox)
        assert change["state"] == "waiting"

    tell(tmp_path, capsys, story)


def test_a_conflict_is_settled_field_by_field_and_what_was_not_chosen_is_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def story(said: Said, desk: Desk) -> None:
        record_id = await clash(desk)
        for wrong in ([("colour", Side.MINE)], [("", Side.MINE), ("criticality", Side.MINE)]):
            with pytest.raises(Rejected) as refused:
                await said.ask(settle_conflicts, action="resolve", id=record_id, choices=wrong)
            assert refused.value.reason is Reason.NOT_A_CHOICE
        assert await said.ask(settle_conflicts, action="kept", profile="") == []
        await said.ask(settle_conflicts, action="resolve", id=record_id, choices=[("criticality", Side.THEIRS)])
        assert await said.ask(settle_conflicts) == []
        kept = await said.ask(settle_conflicts, action="kept", profile="")
        assert (kept[0]["kind"], kept[0]["side"]) == ("allergies", "mine")
        assert kept[0]["fields"]["criticality"] == "high"
        words = await said.read(settle_conflicts, action="kept", profile="")
        assert "Pollen" in words
        assert "sections." not in words

    tell(tmp_path, capsys, story)


def test_a_refused_change_says_why_and_is_sent_again_or_dropped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def story(said: Said, desk: Desk) -> None:
        record_id = await clash(desk)
        await said.ask(settle_conflicts, action="resolve", id=record_id, choices=WHOLE)
        await desk.database.write(refuse_all)
        (change,) = await said.ask(settle_outbox)
        assert (change["state"], change["reason"]) == ("refused", "not_accepted")
        assert change["told"] == "Date manquante"
        words = await said.read(settle_outbox)
        assert "non accepté par le serveur" in words
        assert "Date manquante" in words
        await said.ask(settle_outbox, action="retry", id=record_id)
        (change,) = await said.ask(settle_outbox)
        assert change["state"] == "waiting"
        await said.ask(settle_outbox, action="drop", id=record_id)
        assert await said.read(settle_outbox) == "Rien ici pour le moment.\n"

    tell(tmp_path, capsys, story)
