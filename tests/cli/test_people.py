from pathlib import Path

import pytest

from mes_app.i18n import t
from tests.cli.phone import Phone
from tests.services.family import image

CAMILLE = ("--name", "Camille Martin", "--birth", "1988-07-12", "--sex", "female")
ZOE = ("--name", "Zoé Martin", "--birth", "20/11/2026")
INS = "IS01" + "0" * 22 + "S1288077512345605S21.2.250.1.213.1.4.11S3ANNE\x1dS4MARTIN\x1dS5FS611-07-1988S775056"
UNCOMMON = "788056938301295"
ALLERGY = '{"substance": "Pollen"}'


def test_a_vault_begins_without_account_and_each_command_works_in_it(phone: Phone, tmp_path: Path) -> None:
    started = phone.ask("start", *CAMILLE)
    assert (started["name"], started["sex"], started["local"]) == ("Camille Martin", "female", True)
    zoe = phone.ask("people", "add", *ZOE)
    assert zoe["birth"] == "2026-11-20"
    phone.ask("people", "edit", "--profile", "Zoé", "--name", "Zoë Martin", "--birth", "2026-11-19")
    assert [(one["name"], one["birth"]) for one in phone.ask("people")] == [
        ("Camille Martin", "1988-07-12"),
        ("Zoë Martin", "2026-11-19"),
    ]
    values = tmp_path / "values.json"
    values.write_text(ALLERGY)
    phone.ask("add", "allergies", "--profile", "Zoë", "--from", str(values))
    assert [row["title"] for row in phone.ask("list", "allergies", "--profile", "Zoë")] == ["Pollen"]
    assert phone.ask("list", "allergies") == []
    code, out, _ = phone.run("status")
    assert code == 0
    assert t("cli.profile_local", name="Zoë Martin", count=2) in out
    assert t("cli.alone") in out
    assert phone.ask("outbox") == []
    phone.ask("people", "remove", "--profile", "Zoë")
    assert [one["name"] for one in phone.ask("people")] == ["Camille Martin"]


def test_what_only_this_device_has_is_not_wiped_without_a_word(phone: Phone, tmp_path: Path) -> None:
    phone.ask("start", *CAMILLE)
    code, _, err = phone.run("wipe")
    assert code == 1
    assert t("cli.unsent_created", title="Camille Martin") in err
    assert phone.run("wipe", "--unsent", str(tmp_path / "kept.json"))[0] == 0
    assert "Camille" in (tmp_path / "kept.json").read_text()


@pytest.mark.parametrize(
    "words", [("--name", "Camille", "--birth", "1988"), ("--name", "Camille Martin", "--birth", "demain")]
)
def test_who_cannot_be_is_refused_before_a_vault_is_made(phone: Phone, words: tuple[str, ...]) -> None:
    code, _, err = phone.run("start", *words)
    assert code == 1
    assert err.count("\n") == 1
    assert not (phone.data / "vault").exists()


def test_a_vault_that_is_there_is_not_begun_again(phone: Phone) -> None:
    phone.ask("start", *CAMILLE)
    assert phone.run("start", *ZOE)[0] == 1
    assert [one["name"] for one in phone.ask("people")] == ["Camille Martin"]


def test_the_code_of_an_identity_names_a_person_and_its_number_is_kept_nowhere(phone: Phone) -> None:
    phone.ask("start", *CAMILLE)
    anne = phone.ask("people", "add", "--ins", INS)
    assert (anne["name"], anne["birth"], anne["sex"]) == ("Anne Martin", "1988-07-11", "female")
    phone.monkeypatch.setenv("MES_INS", INS)
    zoe = phone.ask("people", "add", "--ins", "-", "--name", "Zoé Martin")
    assert (zoe["name"], zoe["birth"]) == ("Zoé Martin", "1988-07-11")
    for words in (("--ins", INS.replace("05S2", "06S2")), ("--name", "Zoé Martin")):
        code, out, err = phone.run("people", "add", *words)
        assert code == 1
        assert "288077512345" not in out + err


def test_profiles_are_told_apart_and_put_in_order(phone: Phone, tmp_path: Path) -> None:
    phone.ask("start", *CAMILLE)
    phone.ask("people", "add", *ZOE)
    phone.ask("people", "add", "--name", "Léo Martin", "--birth", "2017")
    phone.ask("people", "colour", "--profile", "Zoé", "raspberry")
    phone.ask("people", "sign", "--profile", "Zoé", "--symbol", "flower")
    phone.ask("people", "order", "--profile", "Léo", "up")
    people = phone.ask("people")
    assert [one["name"] for one in people] == ["Camille Martin", "Léo Martin", "Zoé Martin"]
    assert (people[2]["colour"], people[2]["sign"]) == ("raspberry", "flower")
    photo = tmp_path / "photo"
    photo.write_bytes(image("PNG"))
    phone.ask("people", "sign", "--profile", "Zoé", "--photo", str(photo))
    assert phone.ask("people")[2]["sign"] == "photo"
    phone.ask("people", "sign", "--profile", "Zoé", "--initials")
    assert phone.ask("people")[2]["sign"] == "initials"


def test_a_number_of_health_is_kept_once_its_key_is_right_and_shown_by_no_list(phone: Phone) -> None:
    phone.ask("start", *CAMILLE, "--nir", "2 55 08 14 168 025 38")
    phone.ask("people", "edit", "--profile", "Camille", *CAMILLE)
    code, out, err = phone.run("people")
    assert "255081" not in (out + err).replace(" ", "")
    assert phone.run("people", "add", *ZOE, "--nir", "255081416802539")[0] == 1
    code, out, err = phone.run("people", "add", *ZOE, "--nir", UNCOMMON)
    assert code == 1
    assert UNCOMMON not in out + err
    assert phone.ask("people", "add", *ZOE, "--nir", UNCOMMON, "--confirm")["name"] == "Zoé Martin"
