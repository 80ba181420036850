"""The professionals who follow the person."""

from mes_app.domain.record import Entry


class Professional(Entry):
    """One professional. ``regular`` marks the médecin traitant; ``rpps`` and ``finess`` are as in the registers."""

    name: str
    speciality: str | None = None
    organization: str | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    address: str | None = None
    rpps: str | None = None
    finess: str | None = None
    regular: bool = False
