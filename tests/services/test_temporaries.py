import subprocess
import sys
from pathlib import Path

from mes_app.services.temporaries import count_leftovers, open_temporary, sweep_temporaries

KILLED = """
import sys, time
from pathlib import Path
from mes_app.services.temporaries import open_temporary
with open_temporary(Path(sys.argv[1])) as folder:
    (folder / "export.json").write_text("Camille")
    (folder / "more").mkdir()
    print(folder, flush=True)
    time.sleep(60)
"""


def start_and_kill(root: Path) -> Path:
    """The folder that a program had open when it was killed."""
    with subprocess.Popen([sys.executable, "-c", KILLED, str(root)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        folder = Path(process.stdout.readline().strip())
        assert count_leftovers(root) == 0
        sweep_temporaries(root)
        assert (folder / "export.json").exists(), "swept while in use"
        process.kill()
    return folder


def test_s11_a_temporary_folder_is_private_and_gone_after_use(tmp_path: Path) -> None:
    with open_temporary(tmp_path) as folder:
        (folder / "export.json").write_text("Camille")
        assert [path.stat().st_mode & 0o777 for path in (folder, folder.parent)] == [0o700, 0o700]
        assert {path.stat().st_mode & 0o777 for path in folder.parent.glob("*.lock")} == {0o600}
    assert list((tmp_path / "tmp").iterdir()) == []


def test_s11_what_a_kill_leaves_goes_at_the_next_start_and_not_before(tmp_path: Path) -> None:
    folder = start_and_kill(tmp_path)
    assert folder.exists()
    assert count_leftovers(tmp_path) == 1
    sweep_temporaries(tmp_path)
    assert count_leftovers(tmp_path) == 0
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_folder_in_use_in_this_process_is_left_alone(tmp_path: Path) -> None:
    with open_temporary(tmp_path) as folder:
        sweep_temporaries(tmp_path)
        assert folder.exists()


def test_where_nothing_was_ever_kept_there_is_nothing_to_sweep(tmp_path: Path) -> None:
    sweep_temporaries(tmp_path / "not" / "made")
    assert count_leftovers(tmp_path / "not" / "made") == 0
    assert not (tmp_path / "not").exists()
