"""The documents of the dossier: their categories, and what one opened document says of itself."""

from enum import StrEnum

from mes_app.domain.papers import PaperKind
from mes_app.domain.record import ContentState, Entry, Source
from mes_app.domain.values import Coded, Frozen, PartialDate


class Category(StrEnum):
    """The categories shown to the patient (Mon espace santé backend codes; source: domain.md §B1)."""

    SUMMARY = "SYNTHESE"
    PRESCRIPTIONS = "ORD_SOIN"
    REPORTS = "CPT_REND"
    IMAGING = "RADIO_SC"
    LABORATORY = "BIOLOGIE"
    PREVENTION = "DEPISTAG"
    CERTIFICATES = "CERT_MED"
    ADMINISTRATIVE = "DOC_ADM"
    DIRECTIVES = "DIR_ANT"
    VACCINATION = "CAR_VAC"
    QUESTIONNAIRE = "QUEST_SANTE"
    PROFILE_SUMMARY = "SYNTH_PML"
    REIMBURSEMENT = "REMB"
    OTHER = "AUTR_DOC"


class Attachment(Frozen):
    """Where the content is and what the server says of it. ``sha1`` is base64, ``size`` bytes; 0 unknown.

    ``url`` is the server's reference (``Binary/…``) or empty when the content came inside (``inline``).
    """

    content_type: str = ""
    url: str = ""
    inline: bool = False
    size: int = 0
    sha1: str = ""


class Document(Entry):
    """One document of the dossier, opened. ``unique_id`` is the same whatever channel brought it (XDS uniqueId).

    ``paper`` and ``expires`` (the last day) are those of an administrative piece.
    ``pinned``, ``folder`` and ``own_title``, what its reader calls it, are this device's own.
    ``page`` is the unique id of the page of a health booklet that it is a photo of.
    ``hidden`` from professionals; ``secret`` to the parents of its patient, whom alone it is then shown to.
    """

    title: str
    unique_id: str = ""
    type: Coded
    category: Category
    date: PartialDate | None = None
    author: str | None = None
    organization: str | None = None
    description: str | None = None
    source: Source = Source.UNKNOWN
    hidden: bool = False
    secret: bool = False
    superseded: bool = False
    paper: PaperKind | None = None
    expires: PartialDate | None = None
    page: str = ""
    attachment: Attachment = Attachment()
    content: ContentState = ContentState.NONE
    kept: bool = False
    pinned: bool = False
    folder: str = ""
    own_title: str = ""

    @property
    def name(self) -> str:
        """What its reader calls it, else its title."""
        return self.own_title or self.title


class Content(Frozen):
    """The bytes of a document, with the type found by looking at them."""

    data: bytes
    content_type: str
    file_name: str
