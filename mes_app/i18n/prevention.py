"""Where something of prevention stands, in words: what a calendar says, and never what anybody should do."""

from datetime import date

from mes_app.i18n.catalogue import t
from mes_app.i18n.dates import day, partial


def prevention_state(state: str, due: date | None, done: str | None) -> str:
    """« à partir du lun. 20 sept. 2027 », « fait : 2019 », « fait : mai 2025, de nouveau à partir du … ».

    ``done``: the date of the last time, empty where it is not known, None where there was none.
    """
    if state == "not_for_me":
        return t("prevention.state_not_for_me")
    last = _tell_done(done)
    if due is None:
        return last or t("prevention.over")
    words = {"late": "late", "due": "since"}.get(state, "from")
    planned = t(f"prevention.{words}", day=day(due))
    return t("prevention.again", last=last, next=planned) if last else planned


def _tell_done(done: str | None) -> str:
    if done is None:
        return ""
    return t("prevention.done_on", day=partial(done)) if done else t("prevention.done_somewhere")
