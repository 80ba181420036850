import asyncio

from mes_app.services.turns import Turns


def test_whoever_comes_has_the_one_before_let_go_first() -> None:
    told: list[str] = []

    async def leave_first() -> None:
        told.append("first left")

    async def leave_second() -> None:
        told.append("second left")

    async def run() -> None:
        turns = Turns()
        for name, leave in (("first", leave_first), ("first", leave_first), ("second", leave_second)):
            async with turns.take(leave):
                told.append(f"{name} came")

    asyncio.run(run())
    assert told == ["first came", "first came", "first left", "second came"]
