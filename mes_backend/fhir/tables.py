"""The tables of the FHIR store. A version is never changed or removed; what changes is which one is current.

``instant`` (microseconds since 1970, strictly increasing in a store) names a version everywhere: it is its
lastUpdated, its place in a history and the key that compartments hang on.
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from mes_backend.database import metadata

_Instant = BigInteger().with_variant(Integer, "sqlite")  # an INTEGER key is SQLite's own row number

versions = Table(
    "fhir_version",
    metadata,
    Column("instant", _Instant, primary_key=True, autoincrement=False),
    Column("type", String, nullable=False),
    Column("id", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("method", String, nullable=False),  # POST, PUT or DELETE
    Column("body", Text),  # none for a deletion
    UniqueConstraint("type", "id", "version"),
)

# The current version of each resource, and what listings sort and filter on.
resources = Table(
    "fhir_resource",
    metadata,
    Column("type", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("instant", _Instant, nullable=False, unique=True),
    Column("live", Boolean, nullable=False),
    Column("date_low", _Instant),
    Column("date_high", _Instant),
)

# Tokens to search by, of the last version that was not a deletion.
terms = Table(
    "fhir_term",
    metadata,
    Column("type", String, nullable=False),
    Column("id", String, nullable=False),
    Column("name", String, nullable=False),
    Column("system", String, nullable=False),
    Column("value", String, nullable=False),
    Index("fhir_term_by_value", "type", "name", "value", "id"),
    Index("fhir_term_by_resource", "type", "id"),
)

# Whose record each version belongs to, and from whom it is withheld: "", "representatives" or "patient" (both).
compartments = Table(
    "fhir_compartment",
    metadata,
    Column("patient", String, primary_key=True),
    Column("type", String, primary_key=True),
    Column("instant", _Instant, primary_key=True, autoincrement=False),
    Column("hidden_from", String, nullable=False),
    Index("fhir_compartment_by_version", "instant"),
)
