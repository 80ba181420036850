from pathlib import Path

from mes_app.cli.files import write_file


def test_s11_what_a_command_writes_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "out"
    write_file(file, b"first, longer")
    write_file(file, b"second")
    assert file.read_bytes() == b"second"
    assert file.stat().st_mode & 0o777 == 0o600
