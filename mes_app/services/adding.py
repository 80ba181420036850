"""Make documents of files and photos before they are filed: clean, light enough to be sent, several photos as one.

The work is done photo by photo on a thread: the screen goes on, and a cancelled task ends after the photo at hand.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mes_app.domain.content_types import IMAGES, JPEG
from mes_app.errors import Reason, Rejected
from mes_app.formats.pictures import count_frames, draw_thumbnail, shrink_picture
from mes_app.services.filing import LARGEST

LARGEST_READ = 60_000_000
"""Bytes of a file that is looked at: the largest picture of a camera, with room."""
MOST = 60
"""Files at once: each is in memory until they are filed."""
SKETCH = 144
_SHOWN = 1_000_000
"""Bytes of a photo that is looked at before it is filed."""
_BINDING = 16_000, 1_000
"""Bytes that a PDF is larger than its photos: at all, and for each."""

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file as it would be filed. ``changes``: what is no longer as it was, keys of words."""

    data: bytes
    content_type: str
    changes: frozenset[str] = frozenset()

    @property
    def is_photo(self) -> bool:
        """Whether it can be a page of a PDF of photos."""
        return self.content_type in IMAGES


def prepare_file(data: bytes) -> Prepared:
    """``data`` cleaned, a picture also made smaller where it must be. Slow: to be run on a thread.

    Raises Rejected("file"): TOO_BIG for more than 5,000,000 bytes after that, and as ``judge_file``.
    """
    from mes_app.formats.hostile import judge_file  # noqa: PLC0415 - pypdf takes a while, and few sessions add a file

    if len(data) > LARGEST_READ:
        raise Rejected("file", Reason.TOO_BIG)
    judged = judge_file(data)
    changes = frozenset(judged.removed)
    if len(judged.data) <= LARGEST:
        return Prepared(judged.data, judged.content_type, changes)
    if judged.content_type not in IMAGES or count_frames(judged.data) > 1:
        raise Rejected("file", Reason.TOO_BIG)
    return Prepared(shrink_picture(judged.data, LARGEST), JPEG, changes | {"lighter"})


def sketch_photo(prepared: Prepared) -> bytes | None:
    """A small PNG of what a photo shows; None of what is none. Slow, as ``prepare_file``."""
    return draw_thumbnail(prepared.data, SKETCH) if prepared.is_photo else None


def show_photo(prepared: Prepared) -> bytes:
    """A photo as a JPEG to be looked at. Slow, as ``prepare_file``. Raises as ``shrink_picture``."""
    return shrink_picture(prepared.data, _SHOWN)


async def bind_photos(photos: Sequence[bytes], title: str, report: Report) -> bytes:
    """One PDF of ``photos`` that have been prepared, each a page; ``report`` hears how many are done, and of all.

    They share what may be sent evenly; what one does not need is for those after it.
    Raises Rejected("file", TOO_BIG) for more photos than fit.
    """
    room = LARGEST - _BINDING[0] - _BINDING[1] * len(photos)
    pages: list[bytes] = []
    for photo in photos:
        pages.append(await asyncio.to_thread(shrink_picture, photo, room // (len(photos) - len(pages))))
        room -= len(pages[-1])
        report(len(pages), len(photos))
    return await asyncio.to_thread(_bind, pages, title)


def _bind(pages: Sequence[bytes], title: str) -> bytes:
    from mes_app.pdf.photos import bind_photos as bind_pages  # noqa: PLC0415 - the app starts without reportlab

    return bind_pages(pages, title)
