from pathlib import Path

from mes_app.domain.people import Profile, Sex
from mes_app.services.session import Session
from tests.services.family import tell


def test_the_holder_comes_first_and_each_person_has_a_colour(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        assert [(profile.name, profile.holder) for profile in family] == [("Anaïs Martin", True), ("Zoé Martin", False)]
        assert family[0].colour != family[1].colour

    tell(tmp_path, story)


def test_a_person_is_known_with_what_the_server_says(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        person = await session.profiles.person(family[0].pid)
        assert person
        assert (person.sex, person.nir) == (Sex.FEMALE, "288077512345622")
        assert await session.profiles.person("nobody") is None

    tell(tmp_path, story)
