"""The demonstration family: fictional people, real-looking FHIR resources and documents.

Nothing here reads a clock or a random source: everything follows from the day given to it.
No name, number or address may belong to anyone: telephone numbers are those kept for fiction,
addresses are in a town that does not exist, identifiers lie in ranges that nobody is given.
"""
