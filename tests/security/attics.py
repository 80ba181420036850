"""What was on a disk at each moment, to be searched later: each content once, at the moment it was first seen."""

import hashlib
import shutil
import stat
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Attic:
    """``exposed``: files and folders that others than their owner could read, by moment."""

    folder: Path
    names: dict[str, set[str]] = field(default_factory=dict)
    exposed: dict[str, list[str]] = field(default_factory=dict)
    _seen: set[bytes] = field(default_factory=set)

    def keep(self, moment: str, disk: Path) -> None:
        """Copy what ``disk`` holds that it did not hold before."""
        paths = list(disk.rglob("*"))
        self.names[moment] = {path.relative_to(disk).as_posix() for path in paths}
        self.exposed[moment] = [path.name for path in paths if stat.S_IMODE(path.stat().st_mode) & 0o077]
        for path in paths:
            if path.is_file():
                self._keep_file(path, self.folder / moment / path.relative_to(disk))

    def _keep_file(self, path: Path, copy: Path) -> None:
        digest = hashlib.sha256(path.read_bytes()).digest()
        if digest not in self._seen:
            self._seen.add(digest)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
