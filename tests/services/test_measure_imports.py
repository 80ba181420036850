"""Measures brought from files, into a real store."""

import csv
import io
from decimal import Decimal
from pathlib import Path

from mes_app.domain.measure_tables import Fault
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.measures import Measure
from mes_app.errors import Reason
from mes_app.i18n.origins import word_origin
from mes_app.services import measure_imports
from mes_app.services.import_files import Picked
from mes_app.services.measure_exports import ExportForm
from mes_app.services.session import Session
from mes_app.store.outbox import find_next_due
from tests.formats.hostile_archives import pack
from tests.services.export_stories import ignore
from tests.services.family import of_mother, patient, tell, weight
from tests.services.measure_stories import bring, fhir, look, table

PRESSURES = table(
    "Date,Time,Systolic (mmHg),Diastolic (mmHg),Pulse (bpm),Notes",
    "Jan 12 2025,08:12,114,74,47,au repos",
    "Jan 13 2025,07:49,714,71,47,-",
    "Jan 14 2025,07:49,71,114,47,-",
    "Jan 12 2025,08:12,114,74,-,-",
    "Jan 15 2099,07:49,114,74,-,-",
)


def test_what_is_believed_is_added_the_rest_is_told(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[0].pid
        plan, done = await bring(session, pid, PRESSURES)
        assert {name: len(group.ranks) for name, group in plan.groups.items()} == {"bp": 1, "heart_rate": 3}
        assert [(plan.readings[rank].line, plan.readings[rank].value) for rank in plan.doubtful] == [(3, Decimal(714))]
        assert plan.faults == (
            Fault(4, Reason.DIASTOLIC_ABOVE, "71 / 114"), Fault(6, Reason.IN_THE_FUTURE, "114 / 74"),
        )  # fmt: skip
        assert (plan.duplicates, done.added, done.left) == (1, 4, 0)
        (row,) = (await session.health.history(pid, "bp")).rows
        entry = await session.health.entry(row.id)
        assert isinstance(entry, Measure)
        assert (entry.value, entry.value2, entry.unit, entry.note) == (
            Decimal(114),
            Decimal(74),
            "mm[Hg]",
            "au repos",
        )
        assert (entry.source, entry.date and entry.date.text) == (Source.SELF, "2025-01-12T08:12:00+01:00")
        assert entry.recorded
        again = await look(session, pid, PRESSURES)
        assert (len(again.readings), again.duplicates) == (1, 5)

    tell(tmp_path, story)


def test_one_undo_takes_all_of_it_back_whatever_the_number_and_nothing_is_sent_before(tmp_path: Path) -> None:
    lines = [f"2025-01-{day:02} {hour:02}:00;{60 + hour}" for day in range(1, 29) for hour in range(24)]

    async def story(session: Session, family: list[Profile]) -> None:
        daughter, reports = family[1].pid, []
        await session.editing.declare_nothing(daughter, Kind.MEASURES)
        plan = await look(session, daughter, table("Date;Poids (kg)", *lines))
        assert len(plan.readings) > 2 * measure_imports.AT_ONCE
        chosen = range(len(plan.readings))
        done = await session.measure_imports.run(plan, chosen, word_origin, lambda *count: reports.append(count))
        assert (done.added, reports[0], reports[-1]) == (len(lines), (0, len(lines)), (len(lines), len(lines)))
        due = await session.editing._pen.database.read(find_next_due)
        assert due is not None
        assert due > session.editing._pen.now().timestamp()
        assert len((await session.health.history(daughter, "weight")).rows) == len(lines)
        seen: list[int] = []
        stop = session.subscribe(lambda changes: seen.append(len(changes)))
        await session.editing.undo(done.edited)
        stop()
        assert len(seen) >= 2  # others of the store were let in meanwhile
        assert (await session.health.history(daughter, "weight")).rows == ()
        summary = next(one for one in await session.health.summaries(daughter) if one.kind is Kind.MEASURES)
        assert summary.nothing_declared
        assert {change.record_id for change in await session.unsent.list()} <= {
            row.id for row in await session.health.rows(daughter, Kind.NOTHING_DECLARED)
        }

    tell(tmp_path, story)


def test_an_import_that_is_stopped_keeps_what_is_done_and_says_what_is_left(tmp_path: Path) -> None:
    lines = [f"2025-{month:02}-{day:02};{50 + day}" for month in range(1, 13) for day in range(1, 29)]

    async def story(session: Session, family: list[Profile]) -> None:
        plan = await look(session, family[0].pid, table("Date;Poids (kg)", *lines))

        def stop(done: int, _total: int) -> None:
            if done:
                session.measure_imports.stop()

        done = await session.measure_imports.run(plan, range(len(plan.readings)), word_origin, stop)
        assert (done.added, done.left) == (measure_imports.AT_ONCE, len(lines) - measure_imports.AT_ONCE)

    tell(tmp_path, story)


def test_our_own_table_and_our_own_bundle_come_back_identically_and_only_once(tmp_path: Path) -> None:
    more = [
        weight(6, 60, "2020-01") | {"note": [{"text": "n/a"}]},
        weight(7, 60.25, "2020-02") | {"note": [{"text": "=1+1 ; « à jeun »\nle matin"}]},
        weight(8, 135.6, "2020-02-03T08:00:00Z") | {"valueQuantity": {"value": 135.6, "unit": "lb"}},
        of_mother("Observation", "x", status="final", code={"text": "@Grip"}, valueQuantity={"value": 31},
                  category=[{"coding": [{"code": "vital-signs"}]}], effectiveDateTime="2020-03-01"),
    ]  # fmt: skip

    async def story(session: Session, family: list[Profile]) -> None:
        mother, daughter = (one.pid for one in family)
        for form in ExportForm:
            out = await session.measure_exports.write(mother, "", form)
            assert out.count == 6
            own = await look(session, mother, Picked(f"m.{form}", data=out.data))
            assert (len(own.readings), own.duplicates, own.faults) == (0, 6, ())
            plan, done = await bring(session, daughter, Picked(f"m.{form}", data=out.data))
            assert (done.added, plan.faults, plan.doubtful) == (6, (), ())
            back = await session.measure_exports.write(daughter)
            assert _drop_origin(back.data) == _drop_origin((await session.measure_exports.write(mother)).data)
            await session.editing.undo(done.edited)

    tell(tmp_path, story, more=more)


def _drop_origin(data: bytes) -> list[list[str]]:
    """Who says so is another person, once it was brought."""
    lines = csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";")
    return sorted([*line[:7], *line[8:]] for line in lines)


def test_z1_who_measured_is_told_in_a_comment_and_never_taken_over(tmp_path: Path) -> None:
    doctor = {"resourceType": "Practitioner", "id": "p", "name": [{"text": "Dr Roux"}]}
    theirs = weight(9, 70.5, "2024-01-01") | {"performer": [{"reference": "Practitioner/p"}], "subject": {}}

    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[0].pid
        plan, done = await bring(session, pid, fhir(theirs, doctor, patient("z", "Hector", "1950-01-01", "male")))
        assert (done.added, plan.people) == (1, ("Hector Martin",))
        row = (await session.health.history(pid, "weight")).rows[-1]
        entry = await session.health.entry(row.id)
        assert (entry.source, entry.note) == (Source.SELF, word_origin("Dr Roux"))
        assert await session.editing.why_read_only(row.id) is None

    tell(tmp_path, story)


def test_in_an_archive_known_tables_are_read_and_the_others_named(tmp_path: Path) -> None:
    archive = pack(
        ("weight.csv", b'Date,"Weight (kg)","Fat mass (kg)",Comments\n"2025-01-12 08:15:00",72.5,14,\n'),
        ("bp.csv", b"Date,Heart rate,Systolic,Diastolic,Comments\n2025-01-12 08:15:00,64,130,85,\n"),
        ("raw_tracker_hr.csv", b"start,duration,value\n2025-01-12T08:15:00+01:00,[60],[64]\n"),
        ("README.pdf", b"%PDF"),
        ("bad.csv", b"\x00\x01\x02;\n"),
    )

    async def story(session: Session, family: list[Profile]) -> None:
        found = await session.measure_imports.look([Picked("withings.zip", data=archive), table("rien", "du tout")])
        assert [sheet.name for sheet in found.sheets] == ["weight.csv", "bp.csv", "t.csv"]
        assert (found.unknown, [name for name, _ in found.faulty]) == (("raw_tracker_hr.csv",), ["bad.csv"])
        assert found.find_unclear() == 2
        plan = await session.measure_imports.plan(
            family[0].pid, await session.measure_imports.look([Picked("withings.zip", data=archive)]), ignore
        )
        assert sorted(plan.groups) == ["bp", "heart_rate", "weight"]

    tell(tmp_path, story)
