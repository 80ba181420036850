"""What the person prefers on this device: theme, text size, language. With keys.json the only files in clear."""

import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

FILE_NAME = "settings.json"


class Preferences(BaseModel):
    """The choices. ``text_scale`` goes from 1.0 to 2.0."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    theme: Literal["system", "light", "dark"] = "system"
    text_scale: float = Field(default=1.0, ge=1.0, le=2.0)
    language: Literal["fr", "en"] = "fr"


class Settings:
    """Reads and keeps the preferences of the data folder; a file that cannot be read gives the defaults."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE_NAME

    def read(self) -> Preferences:
        """The preferences kept, or the defaults."""
        try:
            return Preferences.model_validate_json(self._file.read_bytes())
        except (OSError, ValidationError):
            return Preferences()

    def save(self, preferences: Preferences) -> None:
        """Keep ``preferences``, replacing the file in one step."""
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self._file.with_suffix(".tmp")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(preferences.model_dump_json().encode())
        draft.replace(self._file)
