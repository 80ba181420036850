import stat
from pathlib import Path

from mes_app.services.settings import FILE_NAME, Preferences, Settings


def test_preferences_are_kept(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "new")
    settings.save(Preferences(theme="dark", text_scale=1.5))
    assert Settings(tmp_path / "new").read() == Preferences(theme="dark", text_scale=1.5)


def test_a_file_that_cannot_be_read_gives_the_defaults(tmp_path: Path) -> None:
    for content in (b"", b"{", b'{"text_scale": 9}'):
        (tmp_path / FILE_NAME).write_bytes(content)
        assert Settings(tmp_path).read() == Preferences()


def test_s11_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    Settings(tmp_path).save(Preferences())
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
