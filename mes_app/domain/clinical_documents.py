"""A clinical document as its author wrote it: its narrative, the results it holds as data, or the file it carries."""

from dataclasses import dataclass

from mes_app.domain.laboratory import Analyte
from mes_app.domain.narratives import Section
from mes_app.domain.values import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicalDocument:
    """One document. ``carried``: the file inside it, where its body is not a narrative. ``unique_id``: its OID;
    ``type_code``: what it is, in LOINC or in the lists of the ANS.

    ``pictures``: how many its narrative shows that are left out; ``cut``: it was too long to be shown whole.
    """

    title: str
    unique_id: str = ""
    type_code: str = ""
    date: PartialDate | None = None
    author: str = ""
    organization: str = ""
    patient: str = ""
    born: PartialDate | None = None
    sections: tuple[Section, ...] = ()
    analytes: tuple[Analyte, ...] = ()
    pictures: int = 0
    cut: bool = False
    carried: bytes | None = None
