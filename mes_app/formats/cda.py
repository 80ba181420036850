"""Clinical documents (HL7 CDA R2): who says what, of whom and when; their narrative, or the file they carry.

Nothing of a document is executed or fetched: neither its style sheet nor what its links point to.
"""

import binascii
from xml.etree.ElementTree import Element

from mes_app.domain.clinical_documents import ClinicalDocument
from mes_app.domain.content_types import CDA, sniff_content_type
from mes_app.domain.laboratory import Analyte
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Unreadable
from mes_app.formats.cda_laboratory import read_analytes
from mes_app.formats.cda_narratives import cut_sections, read_sections
from mes_app.formats.hl7_values import inner_text, read_moment, read_name
from mes_app.formats.xml_trees import parse_xml

NAMESPACE = "urn:hl7-org:v3"
ROOT = "ClinicalDocument"


def read_cda(data: bytes) -> ClinicalDocument:
    """The document in ``data``. Raises Unreadable: DAMAGED, TOO_LARGE, TOO_DEEP."""
    root = parse_xml(data, NAMESPACE)
    if root.tag != ROOT:
        raise Unreadable(Reason.DAMAGED)
    body, date = root.find("component/structuredBody"), _read_date(root)
    sections, cut = cut_sections(() if body is None else read_sections(body))
    patient = root.find("recordTarget/patientRole/patient")
    return ClinicalDocument(
        title=inner_text(root.find("title")),
        unique_id=_read_id(root.find("id")),
        type_code=_read_code(root.find("code")),
        date=date,
        author=_read_author(root),
        organization=_read_organization(root),
        patient=read_name(None if patient is None else patient.find("name")),
        born=read_moment(None if patient is None else patient.find("birthTime")),
        sections=sections,
        cut=cut,
        analytes=() if body is None else read_analytes(body, date),
        pictures=0 if body is None else sum(1 for _ in body.iter("renderMultiMedia")),
        carried=_read_carried(root.find("component/nonXMLBody/text")),
    )


def read_results(data: bytes) -> tuple[Analyte, ...]:
    """The results that ``data`` holds as data; none of what is no clinical document. Raises as ``read_cda``."""
    return read_cda(data).analytes if sniff_content_type(data) == CDA else ()


def _read_date(root: Element) -> PartialDate | None:
    """When the act took place, else when the document was made."""
    act = root.find("documentationOf/serviceEvent/effectiveTime")
    return read_moment(act) or read_moment(root.find("effectiveTime"))


def _read_id(node: Element | None) -> str:
    """An OID with its extension, as the XDS uniqueId is written."""
    if node is None:
        return ""
    return "^".join(part for part in (node.get("root", ""), node.get("extension", "")) if part)


def _read_code(node: Element | None) -> str:
    return "" if node is None else node.get("code", "")


def _read_author(root: Element) -> str:
    for author in root.findall("author/assignedAuthor"):
        if name := read_name(author.find("assignedPerson/name")):
            return name
    return ""


def _read_organization(root: Element) -> str:
    paths = ("author/assignedAuthor/representedOrganization/name", "custodian/assignedCustodian/*/name")
    return next(filter(None, (inner_text(root.find(path)) for path in paths)), "")


def _read_carried(text: Element | None) -> bytes | None:
    if text is None:
        return None
    inner = "".join(text.itertext())
    if text.get("representation") != "B64":
        return inner.strip().encode()
    try:
        return binascii.a2b_base64("".join(inner.split()), strict_mode=True)
    except (binascii.Error, ValueError) as error:
        raise Unreadable(Reason.DAMAGED) from error
