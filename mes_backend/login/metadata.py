"""What the server says of its login: RFC 8414, and the SMART configuration that FHIR clients look for."""

from mes_backend.login.proofs import ALGORITHM
from mes_backend.settings import Settings

SCOPE = "fhirUser offline_access patient/*.cruds"


def describe_login(settings: Settings) -> dict[str, object]:
    """The authorization server metadata; every address starts with ``public_url``."""
    url = settings.public_url
    return {
        "issuer": url,
        "authorization_challenge_endpoint": f"{url}/oauth/challenge",
        "token_endpoint": f"{url}/oauth/token",
        "revocation_endpoint": f"{url}/oauth/revoke",
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "revocation_endpoint_auth_methods_supported": ["none"],
        "dpop_signing_alg_values_supported": [ALGORITHM],
        "scopes_supported": SCOPE.split(),
    }


def describe_smart(settings: Settings) -> dict[str, object]:
    """The SMART configuration of the FHIR base."""
    return {**describe_login(settings), "capabilities": ["client-public", "permission-offline", "permission-patient"]}
