"""File several documents in one go: all of them or none, each with its number, photos as the pages of one."""

from collections.abc import Sequence
from dataclasses import dataclass

from mes_app.services.adding import Prepared, Report, bind_photos
from mes_app.services.filing import Label
from mes_app.services.session import Session
from mes_app.services.undoing import Edited, join_edits


@dataclass(frozen=True)
class Batch:
    """``files`` to add under ``label``. ``bound``: the photos among them as one document, where the first is."""

    files: Sequence[Prepared]
    label: Label
    bound: bool = False


async def add_batch(session: Session, pid: str, batch: Batch, report: Report) -> list[Edited]:
    """Add the documents of a person, numbered where they are several; when this raises or is cancelled, none is.

    Raises Rejected as ``bind_photos`` and ``Documents.add``.
    """
    documents = await _make_documents(batch, report)
    edits: list[Edited] = []
    try:
        for place, data in enumerate(documents, start=1):
            title = batch.label.title if len(documents) == 1 else f"{batch.label.title} ({place})"
            edits.append(await session.documents.add(pid, data, batch.label.model_copy(update={"title": title})))
    except BaseException:
        await session.editing.undo(join_edits(edits))
        raise
    return edits


async def _make_documents(batch: Batch, report: Report) -> list[bytes]:
    files = batch.files
    first = next((place for place, file in enumerate(files) if file.is_photo), None)
    if not batch.bound or first is None:
        return [file.data for file in files]
    photos = await bind_photos([file.data for file in files if file.is_photo], batch.label.title, report)
    before, after = ([file.data for file in part if not file.is_photo] for part in (files[:first], files[first:]))
    return [*before, photos, *after]
