"""What the server says of itself."""

from mes_backend.login.metadata import describe_login, describe_smart
from mes_backend.settings import Settings

SETTINGS = Settings("https://carnets.example/prefix")


def test_every_address_stays_on_the_server() -> None:
    stated = describe_login(SETTINGS)
    addresses = [str(value) for name, value in stated.items() if name.endswith("_endpoint") or name == "issuer"]
    assert len(addresses) == 4
    assert all(address.startswith(SETTINGS.public_url) for address in addresses)


def test_only_safe_choices_are_offered() -> None:
    stated = describe_smart(SETTINGS)
    assert stated["code_challenge_methods_supported"] == ["S256"]
    assert stated["grant_types_supported"] == ["authorization_code", "refresh_token"]
    assert stated["dpop_signing_alg_values_supported"] == ["ES256"]
