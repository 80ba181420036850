"""Who declared what is shown, and when, as its reader knows them."""

import pytest

from mes_app.domain.people import Profile
from mes_app.domain.record import Entry, Source
from mes_app.domain.values import PartialDate
from mes_app.views.widgets.authorship import tell_authorship

PARENT = Profile(pid="p", rid="1", name="Camille Martin", holder=True)
CHILD = Profile(pid="c", rid="2", name="Léo Martin")
BEGUN_HERE = Profile(pid="l", name="Zoé Martin")
DAY = PartialDate(text="2019-05-03")


@pytest.mark.parametrize(
    ("entry", "profile", "told"),
    [
        (
            Entry(source=Source.SELF, author="Camille Martin", recorded=DAY),
            PARENT,
            "Déclaré par vous le ven. 3 mai 2019",
        ),
        (Entry(source=Source.SELF, author="Léo Martin"), CHILD, "Déclaré par le patient : Léo Martin"),
        (
            Entry(source=Source.RELATIVE, author="Camille Martin", recorded=DAY),
            CHILD,
            "Déclaré par vous le ven. 3 mai 2019",
        ),
        (Entry(source=Source.RELATIVE, author="Alex Martin"), CHILD, "Déclaré par un proche : Alex Martin"),
        (Entry(source=Source.RELATIVE), BEGUN_HERE, "Déclaré par vous"),
        (
            Entry(source=Source.PROFESSIONAL, author="Dr Noël", recorded=DAY),
            PARENT,
            "Renseigné par un professionnel : Dr Noël, le ven. 3 mai 2019",
        ),
        (Entry(source=Source.DEVICE, recorded=PartialDate(text="2019")), PARENT, "Mesuré par un appareil (2019)"),
        (Entry(updated=DAY), PARENT, "Origine non précisée. Dernière modification le ven. 3 mai 2019"),
    ],
)
def test_the_reader_is_you_and_everybody_else_is_named(entry: Entry, profile: Profile, told: str) -> None:
    assert tell_authorship(entry, profile, PARENT.name).replace("\u00a0", " ") == told
