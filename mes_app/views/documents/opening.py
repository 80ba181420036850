"""What is needed to show a document, gathered from the services."""

from dataclasses import dataclass

from mes_app.domain.documents import Content
from mes_app.errors import Unreadable
from mes_app.services.previews import Preview
from mes_app.services.session import Session


@dataclass(frozen=True)
class Opened:
    """The content of a document, and its preview or why there is none: it can still be saved then."""

    content: Content
    preview: Preview | Unreadable


async def open_content(session: Session, record_id: str) -> Opened:
    """Fetch the content if need be and prepare its preview. Raises what ``Documents.content`` raises."""
    content = await session.documents.content(record_id)
    try:
        return Opened(content, await session.documents.preview(content))
    except Unreadable as reason:
        return Opened(content, reason)
