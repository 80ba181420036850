"""Settings read from the environment."""

import pytest

from mes_backend.settings import MailSecurity, MailSettings, Settings, read_mail_settings


def test_without_a_host_no_mail_is_sent() -> None:
    assert read_mail_settings({"MES_SMTP_USER": "someone"}) is None


def test_a_host_is_enough_and_wants_starttls() -> None:
    assert read_mail_settings({"MES_SMTP_HOST": "mail.example"}) == MailSettings(
        "mail.example", 587, "ne-pas-repondre@mail.example", security=MailSecurity.STARTTLS
    )


def test_everything_can_be_stated() -> None:
    names = ("HOST", "PORT", "FROM", "USER", "PASSWORD", "SECURITY")
    values = ("mail.example", "465", "carnets@example.org", "someone", "a secret", "tls")
    settings = read_mail_settings({f"MES_SMTP_{name}": value for name, value in zip(names, values, strict=True)})
    assert settings == MailSettings("mail.example", 465, "carnets@example.org", "someone", "a secret", MailSecurity.TLS)
    assert "a secret" not in repr(settings)


def test_an_unknown_protection_is_refused() -> None:
    with pytest.raises(ValueError, match="plain"):
        read_mail_settings({"MES_SMTP_HOST": "mail.example", "MES_SMTP_SECURITY": "plain"})


def test_records_live_below_the_public_address() -> None:
    assert Settings("https://carnets.example").fhir_base == "https://carnets.example/fhir"
