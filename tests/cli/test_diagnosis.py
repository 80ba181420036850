from tests.cli.phone import Phone


def test_the_doctor_examines_a_new_device(phone: Phone) -> None:
    code, out, _ = phone.run("doctor")
    assert code == 0
    assert "SQLCipher 4" in out
    assert out.count("\n") >= 4


def test_the_doctor_answers_programs_too(phone: Phone) -> None:
    found = {finding["check"]: finding["ok"] for finding in phone.ask("doctor")}
    assert found == {"cipher": True, "vault": True, "keys": True, "disk": True}


def test_a_silent_server_makes_the_examination_fail(phone: Phone) -> None:
    phone.monkeypatch.setenv("MES_SERVER", "http://127.0.0.1:9")
    assert phone.run("doctor")[0] == 1
