"""Clinical documents as French software writes them: a report of a laboratory, and a letter that carries a file."""

import base64

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="https://example.org/feuille.xsl"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<id root="1.2.250.1.999" extension="7"/><title>CR d'examens biologiques</title>
<effectiveTime value="20261103101500+0100"/>
<recordTarget><patientRole><patient><name><given>Camille</given><family qualifier="BR">MARTIN</family></name>
<birthTime value="19880412"/></patient></patientRole></recordTarget>
<author><assignedAuthor><assignedPerson><name><prefix>Dr</prefix><given>Paul</given><family>LENOIR</family></name>
</assignedPerson><representedOrganization><name>Laboratoire du Port</name></representedOrganization></assignedAuthor>
</author>"""

NARRATIVE = """<component><structuredBody><component><section><title>Biochimie</title>
<text><paragraph>Prélèvement <content styleCode="Bold">à jeun</content>.<br/>Conforme.</paragraph>
<table><caption>Sang</caption><thead><tr><th>Analyse</th><th>Résultat</th></tr></thead>
<tbody><tr><td rowspan="2" ID="n1">Glycémie à jeun</td><td>1,26 g/L</td></tr>
<tr><td>7,0 mmol/L</td></tr></tbody></table>
<list listType="ordered"><item>Un<list><item>Un bis</item></list></item><item>Deux</item></list>
<paragraph>Débit en m<sup>2</sup>, <linkHtml href="https://example.org/norme">la norme</linkHtml>,
<linkHtml href="javascript:alert(1)">ce lien</linkHtml> <content revised="delete">barré</content></paragraph>
<renderMultiMedia referencedObject="o1"/></text>
<entry><act classCode="ACT" moodCode="EVN"><code code="18719-5" displayName="Biochimie"/><entryRelationship>
<organizer classCode="BATTERY" moodCode="EVN"><code displayName="Glucides"/><effectiveTime value="202611030730+0100"/>
OBSERVATIONS</organizer></entryRelationship></act></entry></section></component></structuredBody></component>"""

GLUCOSE = """<component><observation classCode="OBS" moodCode="EVN">
<templateId root="1.3.6.1.4.1.19376.1.3.1.6"/>
<code code="14771-0" codeSystem="2.16.840.1.113883.6.1" displayName="Glucose"><originalText><reference value="#n1"/>
</originalText></code><value xsi:type="PQ" value="VALUE" unit="g/L"/>INTERPRETATION
<referenceRange><observationRange><value xsi:type="IVL_PQ"><low value="0.70" unit="g/L"/><high value="1.10" unit="g/L"/>
</value></observationRange></referenceRange></observation></component>"""


def answer(name: str, value: str) -> str:
    """A result that is no number."""
    return (
        '<component><observation><templateId root="1.3.6.1.4.1.19376.1.3.1.6"/>'
        f'<code code="X" displayName="{name}"/>{value}</observation></component>'
    )


def report(*observations: str, value: str = "1.26", interpretation: str = "") -> bytes:
    """The report of a laboratory: one glucose, then ``observations``."""
    glucose = GLUCOSE.replace("VALUE", value).replace("INTERPRETATION", interpretation)
    body = NARRATIVE.replace("OBSERVATIONS", glucose + "".join(observations))
    return f"{_HEAD}{body}</ClinicalDocument>".encode()


def letter(text: str) -> bytes:
    """A document whose narrative is ``text``, in its own markup."""
    body = f"<component><structuredBody><component><section><text>{text}</text></section></component></structuredBody>"
    return f"{_HEAD}{body}</component></ClinicalDocument>".encode()


def carrier(data: bytes) -> bytes:
    """A document that carries the file ``data``."""
    inside = base64.encodebytes(data).decode()
    return f"""{_HEAD}<component><nonXMLBody><text mediaType="application/pdf" representation="B64">{inside}</text>
</nonXMLBody></component></ClinicalDocument>""".encode()
