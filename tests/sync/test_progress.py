from mes_app.domain.sync_status import Phase, Running, SyncStatus
from mes_app.sync.progress import Progress


def test_no_total_is_told_before_all_of_it_is_known() -> None:
    steps: list[SyncStatus] = []
    progress = Progress(steps.append, Phase.RECORDS, "pid")
    progress.expect(2)
    progress.add(200, 300)
    progress.add(10, 10)
    progress.add(100)
    assert steps == [
        Running(Phase.RECORDS, "pid", 0, 0),
        Running(Phase.RECORDS, "pid", 200, 0),
        Running(Phase.RECORDS, "pid", 210, 310),
        Running(Phase.RECORDS, "pid", 310, 310),
    ]


def test_a_server_that_brings_more_than_it_said_never_exceeds_the_total() -> None:
    steps: list[SyncStatus] = []
    progress = Progress(steps.append, Phase.RECORDS)
    progress.expect(1)
    progress.add(5, 3)
    assert steps[-1] == Running(Phase.RECORDS, "", 5, 5)
