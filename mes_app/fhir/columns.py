"""The columns kept beside a body: every kind builds its Overview here, so that all are folded and dated alike."""

from mes_app.domain.folding import fold
from mes_app.domain.record import Kind, Overview, Source
from mes_app.domain.values import sort_key
from mes_app.fhir.elements import Json, line
from mes_app.fhir.narratives import narrative_line


def make_overview(
    resource: Json,
    kind: Kind,
    *,
    title: str,
    subtitle: str = "",
    date: str = "",
    category: str = "",
    code: str = "",
    status: str = "",
    source: Source = Source.UNKNOWN,
    hidden: bool = False,
    content_type: str = "",
    size: int = 0,
    value: float | None = None,
    value2: float | None = None,
    unit: str = "",
) -> Overview:
    """An overview of ``resource``. Without a title, the beginning of its narrative is one, else its type."""
    title = title or narrative_line(resource) or line(resource.get("resourceType"))
    return Overview(
        kind=kind,
        title=title,
        subtitle=subtitle,
        date_text=date,
        date_key=sort_key(date) if date else "",
        category=category,
        code=code,
        status=status,
        source=source,
        hidden=hidden,
        content_type=content_type,
        size=size,
        value=value,
        value2=value2,
        unit=unit,
        search=fold(f"{title} {subtitle}"),
    )
