"""Two records that may join, in words: in what they differ, and what each thing of them is called."""

from mes_app.i18n.catalogue import find, t
from mes_app.i18n.dates import partial


def name_joined(key: str, kind: str, title: str, category: str) -> str:
    """The title of a record; « Coordonnées », « Je n’ai pas d’allergie »; what was set, by its ``key`` without kind."""
    if not kind:
        return name_setting(key)
    if kind == "people":
        return t("profiles.details")
    if kind == "nothing_declared":
        return find(f"sections.{category}.none") or t(f"sections.{kind}.title")
    return title or t("joining.unnamed")


def name_setting(key: str) -> str:
    """« Unités préférées », of what only one device knows of a person."""
    return find(f"joining.set_{key}") or t("joining.set_other")


def tell_difference(name: str, here: str, there: str) -> str:
    """« Naissance : 20 nov. 2026 ici, 21 nov. 2026 dans le service. », of what each says of name, birth or sex."""
    return t(f"joining.differs_{name}", here=_tell_trait(name, here), there=_tell_trait(name, there))


def _tell_trait(name: str, said: str) -> str:
    if name == "birth" and said:
        return partial(said)
    words = find(f"profiles.sex_{said}") if name == "sex" else said
    return words or t("joining.unknown")
