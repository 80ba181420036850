"""FHIR R4 JSON into domain values, pure and lenient: whatever a server sends, a reader gets something to read.

No I/O, no words of ours: titles and details are text of the resource; what must be translated stays a code.
"""
