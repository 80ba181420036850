"""The index of an archive as one web page: what is in it, with a link to each document.

It is opened from a disk, years later, by any browser: no script, nothing from elsewhere, nothing that a title of
somebody's could start. Whatever comes from a record is escaped.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape
from urllib.parse import quote

from mes_app import i18n
from mes_app.domain.dossiers import MOST_ENTRIES, Dossier, FiledDocument
from mes_app.domain.identity import mask_nir
from mes_app.domain.record import Kind
from mes_app.domain.summaries import HealthSummary, SectionContent
from mes_app.i18n import t
from mes_app.pdf.wordings import (
    Line,
    describe_absence,
    describe_appointment,
    describe_document,
    describe_entries,
    name_category,
    tell_identity,
)

_STYLE = """
:root { color-scheme: light dark; --quiet: light-dark(#56605e, #a9b4b1); --rule: light-dark(#d5dcda, #3d4644); }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
main { border-top: .5rem solid %s; padding-top: 1rem; }
h1 { margin: .25rem 0; }
h2 { margin: 2.5rem 0 0; }
h3 { margin: 1.5rem 0 .25rem; }
.quiet, td p { color: var(--quiet); font-size: .9rem; margin: .25rem 0; }
table { border-collapse: collapse; width: 100%%; }
th { text-align: left; font-weight: 600; }
th, td { padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--rule); }
td { vertical-align: top; overflow-wrap: break-word; hyphens: auto; }
@media (min-width: 40rem) { th:first-child, td:first-child { width: 50%%; } }
.alarm { border-left: .4rem solid #93000a; padding-left: .75rem; }
"""


def render_index_page(dossier: Dossier) -> bytes:
    """The page of ``dossier`` in HTML, UTF-8, without the NIR."""
    summary = dossier.summary
    title = escape(t("export.document_title", name=summary.profile.name))
    body = [
        *_identity(summary),
        *_contents(),
        *_documents(dossier),
        *_health(summary),
        *_appointments(dossier),
        _quiet(t("export.data")),
    ]
    return "\n".join([*_head(title, summary.profile.colour), *body, "</main>", "</body>", "</html>", ""]).encode()


def _head(title: str, colour: str) -> Iterator[str]:
    style = _STYLE % colour
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield "<!DOCTYPE html>"
    yield f'<html lang="{t("synthesis.language")}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{title}</title>"
    yield f"<style>{style}</style>"
    yield "</head>"
    yield "<body>"
    yield "<main>"


def _identity(summary: HealthSummary) -> Iterator[str]:
    yield _quiet(t("export.title"))
    yield f"<h1>{escape(summary.profile.name)}</h1>"
    yield f"<p>{escape(tell_identity(summary))}</p>"
    nir = summary.person.nir if summary.person else None
    if nir:
        yield _quiet(t("synthesis.nir", nir=mask_nir(nir)))
    yield _quiet(t("export.made", moment=i18n.moment(summary.made_at), author=summary.made_by))
    yield _quiet(t("export.caution"))


def _contents() -> Iterator[str]:
    parts = ("documents", "health", "appointments")
    links = (f'<li><a href="#{part}">{escape(t(f"export.{part}"))}</a></li>' for part in parts)
    yield f'<nav aria-label="{escape(t("export.contents"))}"><ul>{"".join(links)}</ul></nav>'


def _documents(dossier: Dossier) -> Iterator[str]:
    yield _part("documents")
    if not dossier.documents:
        yield f"<p>{escape(t('export.no_documents'))}</p>"
    for number, (category, documents) in enumerate(dossier.list_categories()):
        rows = (_row(_link(document), describe_document(document)) for document in documents)
        yield from _table(f"documents-{number}", name_category(category), ("name", "date", "author"), rows)


def _health(summary: HealthSummary) -> Iterator[str]:
    yield _part("health")
    for kind, content in summary.sections.items():
        yield from _section(kind, content)


def _section(kind: Kind, content: SectionContent) -> Iterator[str]:
    title = t(f"sections.{kind}.title")
    if not content.entries:
        yield f"<h3>{escape(title)}</h3>"
        yield f"<p>{escape(describe_absence(kind, content))}</p>"
        return
    alarm = ' class="alarm"' if kind is Kind.ALLERGIES else ""
    yield f"<div{alarm}>"
    rows = (_row(escape(line.title), line) for line in describe_entries(kind, content))
    yield from _table(kind.value, title, ("entry", "date", "origin"), rows)
    if len(content.entries) >= MOST_ENTRIES:
        yield _quiet(t("export.newest_only", count=MOST_ENTRIES))
    yield "</div>"


def _appointments(dossier: Dossier) -> Iterator[str]:
    yield _part("appointments")
    if not dossier.appointments:
        yield f"<p>{escape(t('export.no_appointments'))}</p>"
        return
    rows = (_row(escape(line.title), line) for line in map(describe_appointment, dossier.appointments))
    yield from _table("appointments", "", ("entry", "date", "state"), rows)


def _part(name: str) -> str:
    return f'<h2 id="{name}">{escape(t(f"export.{name}"))}</h2>'


def _table(key: str, title: str, columns: Iterable[str], rows: Iterable[str]) -> Iterator[str]:
    """A table under its heading; one without a ``title`` of its own belongs to the part it is in."""
    if title:
        yield f'<h3 id="{key}-title">{escape(title)}</h3>'
    heads = "".join(f'<th scope="col">{escape(t(f"export.{column}"))}</th>' for column in columns)
    yield f'<table aria-labelledby="{f"{key}-title" if title else key}">'
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    yield from rows
    yield "</tbody>"
    yield "</table>"


def _row(title: str, line: Line) -> str:
    """``title`` is HTML; the rest is not."""
    details = f"<p>{escape(line.details)}</p>" if line.details else ""
    return f"<tr><td>{title}{details}</td><td>{escape(line.when)}</td><td>{escape(line.origin)}</td></tr>"


def _link(document: FiledDocument) -> str:
    title = escape(document.row.name)
    return f'<a href="{quote(document.path)}">{title}</a>' if document.path else title


def _quiet(words: str) -> str:
    return f'<p class="quiet">{escape(words)}</p>'
