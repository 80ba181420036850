"""Every word a person reads, French first. Screens, PDF and command line ask here by key; nobody else writes words.

Catalogues are TOML files, one per topic, in a folder per language: ``fr/documents.toml`` holds ``documents.*``.
"""

from mes_app.i18n.catalogue import languages, t, use
from mes_app.i18n.dates import age, day, moment, month, partial, relative_day, time
from mes_app.i18n.numbers import decimal, size

__all__ = [
    "age",
    "day",
    "decimal",
    "languages",
    "moment",
    "month",
    "partial",
    "relative_day",
    "size",
    "t",
    "time",
    "use",
]
