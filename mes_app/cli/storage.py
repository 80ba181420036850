"""The room that the vault takes, which documents it keeps, and giving room back."""

import argparse

from mes_app import i18n
from mes_app.cli.terminal import Terminal
from mes_app.i18n import t
from mes_app.services.keeping import Storage
from mes_app.services.session import Session


async def use_storage(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Tell what is here, free what the server has too, or choose what is kept."""
    if arguments.action == "free":
        freed = await session.keeping.free(old_only=arguments.old)
        said = t("cli.freed", count=freed.count, size=i18n.size(freed.size))
        terminal.answer({"documents": freed.count, "bytes": freed.size}, [said])
    elif arguments.action == "keep":
        policy = await session.keeping.policy()
        await session.keeping.choose(policy.model_copy(update={"months": int(arguments.months)}))
        terminal.answer({"months": int(arguments.months)}, [t("cli.kept")])
    else:
        policy = await session.keeping.policy()
        storage = await session.keeping.measure()
        terminal.answer({"months": policy.months} | _list_data(storage), _list_lines(storage))


def _list_data(storage: Storage) -> dict[str, object]:
    people = [
        {"pid": profile.pid, "name": profile.name, "documents": held.here, "bytes": held.size, "away": held.away}
        for profile, held in storage.people
    ]
    return {
        "profiles": people,
        "database": storage.database,
        "total": storage.total,
        "left": storage.left,
        "freeable": storage.freeable.size,
    }


def _list_lines(storage: Storage) -> list[str]:
    people = [
        t("cli.storage_line", name=profile.name, count=held.here, size=i18n.size(held.size), away=held.away)
        for profile, held in storage.people
    ]
    left = [t("cli.storage_left", size=i18n.size(storage.left))] if storage.left is not None else []
    total = t("cli.storage_total", size=i18n.size(storage.total), database=i18n.size(storage.database))
    return [*people, total, *left]
