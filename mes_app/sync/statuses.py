"""The HTTP statuses that callers tell apart, by what they say of a record. What any status means is in ``failures``."""

NOT_FOUND, GONE = 404, 410

ABSENT = (NOT_FOUND, GONE)
"""There is none, or none any more."""

REFUSALS = (403, *ABSENT)
"""It is not shown; whether it is there may be unsaid."""

MISMATCH = (409, 412)
"""It is not as the request supposed: there already, or in another version. Servers use either."""

BUSY = (429, 503)
"""To be asked again later; ``Answer.after`` tells when."""
