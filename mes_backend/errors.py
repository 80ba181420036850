"""The one error of the commands. Requests are refused by those of ``login.errors`` and ``fhir.outcomes``."""


class CommandError(Exception):
    """A command cannot be done; the text, in French, says why in one line and names nobody."""
