"""Who declared what a screen shows, and when: the reader is « vous », everybody else is named."""

from collections.abc import Callable

from mes_app.domain.people import Profile
from mes_app.domain.record import Entry, Source
from mes_app.domain.values import PartialDate, Precision
from mes_app.i18n import t
from mes_app.views.state import use_profile, use_store
from mes_app.views.widgets.words import tell_moment


def use_authorship() -> Callable[[Entry], str]:
    """What tells it of entries of the profile in the address. A hook."""
    profile, profiles = use_profile(), use_store().profiles or ()
    holder = next((one.name for one in profiles if one.holder), "")
    return lambda entry: tell_authorship(entry, profile, holder)


def tell_authorship(entry: Entry, profile: Profile, holder: str) -> str:
    """« Déclaré par vous le 3 mai 2019 », « Renseigné par un professionnel : Dr Noël, le … », of what is known.

    ``holder`` is the name of whoever reads. Where nobody noted when, it is when this version was written.
    """
    mine = _is_mine(entry, profile, holder)
    who = t("authorship.you") if mine else t(f"sections.source.{entry.source}")
    named = t("authorship.named", who=who, author=entry.author) if entry.author and not mine else who
    if entry.recorded:
        return _date(named, entry.recorded, mine=mine)
    return t("authorship.updated", told=named, date=tell_moment(entry.updated)) if entry.updated else named


def _is_mine(entry: Entry, profile: Profile, holder: str) -> bool:
    """Of a record that began here nobody else writes; a parent is known by their name."""
    if entry.source is Source.SELF:
        return profile.holder or profile.is_local
    return entry.source is Source.RELATIVE and (profile.is_local or (bool(holder) and entry.author == holder))


def _date(told: str, date: PartialDate, *, mine: bool) -> str:
    if date.precision not in (Precision.DAY, Precision.TIME):
        return t("authorship.partly", told=told, date=tell_moment(date))
    return t("authorship.yours_on" if mine else "authorship.on", told=told, date=tell_moment(date))
