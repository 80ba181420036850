"""Random values and digests."""

from mes_backend.login.tokens import digest, make_token


def test_a_token_holds_256_bits_and_is_never_the_same() -> None:
    tokens = {make_token() for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {43}


def test_a_digest_is_the_s256_of_pkce() -> None:
    """The example of RFC 7636, appendix B."""
    assert digest("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
