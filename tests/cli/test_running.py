from tests.cli.phone import Phone


def test_a_command_without_a_vault_says_what_to_do(phone: Phone) -> None:
    code, out, err = phone.run("status")
    assert (code, out) == (1, "")
    assert err.count("\n") == 1


def test_a_wrong_secret_is_refused_in_one_french_line(synced: Phone) -> None:
    code, out, err = synced.run("status", secret="une autre phrase secrète")
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
