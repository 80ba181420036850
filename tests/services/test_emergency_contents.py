from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.record import Kind
from mes_app.errors import Reason, Rejected, Unreadable
from mes_app.services.emergency_contents import SHOWABLE, decode_cards, encode_cards, gather_card, gather_cards
from tests.services.emergency_stories import ALL, DAUGHTER, MOTHER, Home, canary, tell


def test_l6_a_card_says_what_was_chosen_of_its_person_and_not_one_word_more(tmp_path: Path) -> None:
    async def story(home: Home) -> None:
        told = {}
        subsets = [frozenset(kind for place, kind in enumerate(SHOWABLE) if mask >> place & 1) for mask in range(32)]
        for mother in subsets:
            for daughter in (frozenset(), mother, ALL - mother, ALL):
                shown = {"mother": mother, "daughter": daughter, "nobody": ALL}
                told[mother, daughter] = await home.database.read(gather_cards, shown)
        for (mother, daughter), cards in told.items():
            chosen = {MOTHER.name: ("mother", mother), DAUGHTER.name: ("daughter", daughter)}
            assert [card.profile.name for card in cards] == [name for name, (_, kinds) in chosen.items() if kinds]
            for card in cards:
                pid, kinds = chosen[card.profile.name]
                words = repr(card)
                assert all((canary(pid, kind) in words) == (kind in kinds) for kind in SHOWABLE)
                assert "secret" not in words
                assert ({"mother": "daughter", "daughter": "mother"}[pid]) not in words

    tell(tmp_path, None, story)


def test_a_card_is_read_as_it_was_written_with_who_said_each_line_and_when(tmp_path: Path) -> None:
    async def story(home: Home) -> None:
        cards = await home.database.read(gather_cards, {"mother": ALL, "daughter": {Kind.ALLERGIES}})
        assert decode_cards(encode_cards(cards)) == cards
        allergy = cards[0].sections[0].entries[0]
        assert allergy.recorded
        assert allergy.recorded.text == "2021-05-03"
        assert [section.kind for section in cards[0].sections] == list(SHOWABLE)

    tell(tmp_path, None, story)


def test_a_card_names_nobody_by_number(tmp_path: Path) -> None:
    async def story(home: Home) -> None:
        written = encode_cards(await home.database.read(gather_cards, {"mother": ALL})).decode()
        record_id = (await home.database.read(gather_card, "mother", ALL)).sections[0].entries[0].id
        assert record_id == ""
        assert '"rid"' not in written
        assert "mother" not in written.replace("canary-mother", "")

    tell(tmp_path, None, story)


def test_the_card_of_somebody_who_is_not_here_cannot_be_made(tmp_path: Path) -> None:
    async def story(home: Home) -> None:
        with pytest.raises(Rejected) as caught:
            await home.database.read(gather_card, "nobody", ALL)
        assert caught.value.reason is Reason.UNKNOWN_RECORD

    tell(tmp_path, None, story)


@given(st.binary(max_size=60))
@pytest.mark.parametrize("text", [b"3", b"[1]", b'[{"profile": {}}]', b'[{"profile": {"name": 3}, "sections": []}]'])
def test_what_is_no_card_is_said_to_be_damaged(text: bytes, noise: bytes) -> None:
    for content in (text, noise + b"\x00"):
        with pytest.raises(Unreadable) as caught:
            decode_cards(content)
        assert caught.value.reason is Reason.DAMAGED
