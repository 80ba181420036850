"""The room that documents take, and which of them stay."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import flet as ft

from mes_app.domain.keeping import Policy
from mes_app.errors import MesError, Offline
from mes_app.i18n import size, t
from mes_app.i18n.explanations import explain
from mes_app.services.keeping import Held, Room, Storage
from mes_app.views import routes
from mes_app.views.state import read_today
from mes_app.views.widgets.networks import is_metered
from tests.views import rooms
from tests.views.fakes import make_family
from tests.views.protection import House, ProtectedSession, tell

DOCUMENTS = 1
CAMILLE, LEO, JEANNE = make_family(read_today())

FULL = Storage(
    people=((CAMILLE, Held(44, 3_200_000, 0)), (LEO, Held(1, 800_000, 2)), (JEANNE, Held(0, 0, 0))),
    database=1_200_000,
    left=41_000_000_000,
    freeable=Room(45, 4_000_000),
    old=Room(),
)


@dataclass
class FakeKeeping:
    """What is on the device, and what was asked for."""

    chosen: Policy = field(default_factory=Policy)
    storage: Storage = FULL
    freed: list[bool] = field(default_factory=list)
    error: MesError | None = None

    async def policy(self) -> Policy:
        return self.chosen

    async def measure(self) -> Storage:
        return self.storage

    async def choose(self, policy: Policy) -> None:
        self.chosen = policy
        self.storage = replace(self.storage, old=Room(12, 1_500_000))

    async def free(self, *, old_only: bool) -> Room:
        if self.error:
            raise self.error
        self.freed.append(old_only)
        return Room(45, 4_000_000)


def show(story: Callable[[House, FakeKeeping], Awaitable[None]], **keeping: object) -> None:
    """Run ``story`` on the screen."""
    fake = FakeKeeping(**keeping)  # type: ignore[arg-type]

    def lay(session: ProtectedSession) -> None:
        session.keeping = fake

    async def enter(house: House) -> None:
        await house.go(routes.STORAGE)
        await story(house, fake)

    tell(enter, prepare=lay)


def buttons(house: House) -> list[object]:
    return [button.content for button in house.all(ft.OutlinedButton)]


def test_the_room_taken_is_told_in_all_and_for_each_person() -> None:
    async def story(house: House, _: FakeKeeping) -> None:
        texts = house.texts()
        assert size(5_200_000) in texts
        assert t("storage.left", size=size(41_000_000_000)) in texts
        here = t("storage.documents", count=1, shown="1", size=size(800_000))
        assert f"{here}\n{t('storage.away', count=2, shown='2')}" in texts
        assert house.sees("storage.kept_all")

    show(story)


def test_of_someone_whose_documents_are_all_elsewhere_only_that_is_told() -> None:
    async def story(house: House, _: FakeKeeping) -> None:
        assert t("storage.away", count=3, shown="3") in house.texts()

    show(story, storage=replace(FULL, people=((CAMILLE, Held(0, 0, 3)),)))


def test_the_choice_holds_at_once_and_a_sync_applies_it() -> None:
    async def story(house: House, keeping: FakeKeeping) -> None:
        assert buttons(house) == [t("storage.free_all", size=size(4_000_000))]
        fronts = house.session.schedule.fronts
        await house.app.fire(house.one(ft.RadioGroup), "change", value="6")
        assert keeping.chosen == Policy(months=6)
        assert house.sees("storage.kept_some")
        assert t("storage.free_old", size=size(1_500_000)) in buttons(house)
        assert house.session.schedule.fronts == fronts + 1

    show(story)


def test_what_was_freed_is_said() -> None:
    async def story(house: House, keeping: FakeKeeping) -> None:
        await house.app.click(house.one(ft.OutlinedButton))
        assert keeping.freed == [False]
        assert t("storage.freed", count=45, size=size(4_000_000)) in house.texts()

    show(story)


def test_why_nothing_was_freed_is_said() -> None:
    async def story(house: House, keeping: FakeKeeping) -> None:
        await house.app.click(house.one(ft.OutlinedButton))
        assert keeping.freed == []
        assert explain(Offline()).what in house.texts()

    show(story, error=Offline())


def test_where_nothing_can_go_there_is_nothing_to_press() -> None:
    async def story(house: House, _: FakeKeeping) -> None:
        assert house.sees("storage.no_server")
        assert buttons(house) == []

    show(story, storage=replace(FULL, freeable=Room(), connected=False, left=None))


def test_wi_fi_only_is_offered_on_phones_alone() -> None:
    async def story(house: House, keeping: FakeKeeping) -> None:
        await house.app.fire(house.one(ft.Switch), "change", True, value=True)
        assert keeping.chosen == Policy(wifi_only=True)
        house.app.session.apply_page_patch({"platform": "linux"})
        await house.app.fire(house.one(ft.RadioGroup), "change", value="12")
        assert house.all(ft.Switch) == []

    show(story)


def test_the_sync_hears_of_the_network_in_use() -> None:
    async def story(house: House, _: FakeKeeping) -> None:
        assert house.session.syncing.metered is False
        for kinds, metered in ((["mobile"], True), (["mobile", "wifi"], False), (["none"], True)):
            await house.app.fire(house.app.one(ft.Connectivity), "change", {"connectivity": kinds})
            assert house.session.syncing.metered is metered

    show(story)


def test_only_wi_fi_and_a_cable_cost_nothing() -> None:
    kinds = ft.ConnectivityType
    assert is_metered([kinds.VPN])
    assert not is_metered([kinds.MOBILE, kinds.WIFI])
    assert not is_metered([kinds.ETHERNET])


def find_items(room: rooms.Rooms, words: str) -> list[ft.PopupMenuItem]:
    return [item for item in room.app.all(ft.PopupMenuItem) if item.content == t(words)]


def offers(room: rooms.Rooms, words: str) -> bool:
    return bool(find_items(room, words))


def is_marked(room: rooms.Rooms, kept: bool) -> bool:
    return any(icon.semantics_label == t("documents.kept_here") for icon in room.app.all(ft.Icon)) is kept


def test_a_document_kept_on_the_device_is_marked_until_it_no_longer_is(tmp_path: Path) -> None:
    async def story(room: rooms.Rooms) -> None:
        await room.go(DOCUMENTS)
        await room.press("^Biologie : bilan annuel$")
        acts = ((True, "documents.keep", "documents.kept"), (False, "documents.keep_no_more", "documents.unkept"))
        for kept, words, said in acts:
            await room.until(partial(offers, room, words))  # the document is there
            await room.app.click(find_items(room, words)[-1])
            await room.see(t(said))
            await room.until(partial(is_marked, room, kept))

    rooms.tell(story, tmp_path)
