"""Room for the results that documents hold as data, beside what the documents are searched by and gone with it."""

from mes_app.store.drivers import DriverConnection

_STATEMENTS = (
    """
    CREATE TABLE searched_analytes (
        id INTEGER PRIMARY KEY REFERENCES searched ON DELETE CASCADE,
        analytes BLOB NOT NULL
    ) STRICT
    """,
    # PDFs, pictures and texts hold none; servers call clinical documents by many names
    """
    UPDATE searched SET read = 0 WHERE lid IN (
        SELECT lid FROM res WHERE content_type NOT LIKE 'image/%'
        AND content_type NOT IN ('application/pdf', 'application/rtf', 'application/dicom')
    )
    """,
)


def migrate(con: DriverConnection) -> None:
    """What may be a clinical document is to be read again."""
    for statement in _STATEMENTS:
        con.execute(statement)
