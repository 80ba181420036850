"""IHE XDM archives as French software sends them."""

import hashlib
from xml.sax.saxutils import escape

from tests.formats.hostile_archives import pack

FOLDER = "IHE_XDM/SUBSET01"
_TYPE = "urn:uuid:f0306f51-975f-434e-a61c-c59651d33983"
_CLASS = "urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a"
_AUTHOR = "urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d"
_LABEL = "urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f"


def slot(name: str, *values: str) -> str:
    listed = "".join(f"<rim:Value>{escape(value)}</rim:Value>" for value in values)
    return f'<rim:Slot name="{name}"><rim:ValueList>{listed}</rim:ValueList></rim:Slot>'


def classify(scheme: str, code: str, inner: str = "") -> str:
    return (
        f'<rim:Classification classificationScheme="{scheme}" nodeRepresentation="{code}">{inner}</rim:Classification>'
    )


def describe(
    uri: str, data: bytes, *, patient: str = "MARTIN^Anaïs", born: str = "19880712", label: str = "N", **changed: str
) -> str:
    """The ExtrinsicObject of one document; ``changed`` slots in place of what is true."""
    slots = {
        "creationTime": "20261103101500",
        "hash": hashlib.sha1(data, usedforsecurity=False).hexdigest(),
        "size": str(len(data)),
        "URI": uri,
    } | changed
    author = slot("authorPerson", "801234567^LENOIR^Paul^^^Dr^^^&1.2.250.1.71.4.2.1&ISO^D") + slot(
        "authorInstitution", "Laboratoire du Port^^^^^&1.2.250.1.71.4.2.2&ISO^FINEG^^^1750000"
    )
    return (
        f'<rim:ExtrinsicObject id="{escape(uri)}" objectType="urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1">'
        + "".join(slot(name, value) for name, value in slots.items())
        + slot("sourcePatientInfo", f"PID-5|{patient}^^^^^L", f"PID-7|{born}", "PID-8|F")
        + f'<rim:Name><rim:LocalizedString value="Bilan de {escape(uri)}"/></rim:Name>'
        + classify(_AUTHOR, "", author)
        + classify(_CLASS, "10")
        + classify(_TYPE, "11502-2")
        + classify(_LABEL, label)
        + '<rim:ExternalIdentifier identificationScheme="urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab"'
        + f' value="1.2.3.{len(data)}"/></rim:ExtrinsicObject>'
    )


def metadata(*objects: str) -> bytes:
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<lcm:SubmitObjectsRequest xmlns:lcm="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0"'
        ' xmlns:rim="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"><rim:RegistryObjectList>'
        + "".join(objects)
        + "</rim:RegistryObjectList></lcm:SubmitObjectsRequest>"
    )
    return text.encode()


def xdm(files: dict[str, bytes], *objects: str) -> bytes:
    """An archive of these documents, described as they are unless ``objects`` say otherwise."""
    told = objects or tuple(describe(name, data) for name, data in files.items())
    packed = [(f"{FOLDER}/{name}", data) for name, data in files.items()]
    return pack(("INDEX.HTM", b"<html/>"), (f"{FOLDER}/METADATA.XML", metadata(*told)), *packed)
