"""How a person is reached: all that may be written of the person a record is about. Who they are was verified."""

from mes_app.domain.record import Entry

FRANCE = "France"


class ContactDetails(Entry):
    """One number and one mail address of each sort, and one postal address; an empty country is France.

    ``street`` is what stands above the postcode, on one line or several.
    """

    phone: str | None = None
    mobile: str | None = None
    email: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str | None = None

    @property
    def in_france(self) -> bool:
        """Whether the address is one of La Poste."""
        return (self.country or FRANCE).casefold() == FRANCE.casefold()
