"""Which addresses may be contacted: https only (http on this machine), and never another origin than the server's.

A link, a redirect and a reference to a content come from outside: each passes through ``resolve`` before any request.
"""

from ipaddress import ip_address

import httpx

from mes_app.errors import NotAllowed, Reason, Rejected

_PORTS = {"http": 80, "https": 443}


def parse_server(text: str) -> httpx.URL:
    """The address a person typed (https:// may be left out), ending in ``/``. Rejected("server", …) otherwise."""
    stated = text.strip()
    try:
        url = httpx.URL(stated if "://" in stated else f"https://{stated}")
    except httpx.InvalidURL:
        raise Rejected("server", Reason.NOT_A_URL) from None
    if " " in stated or url.scheme not in _PORTS or not url.host or url.userinfo or url.query or url.fragment:
        raise Rejected("server", Reason.NOT_A_URL)
    if url.scheme == "http" and not _is_loopback(url.host):
        raise Rejected("server", Reason.INSECURE_URL)
    return url if url.path.endswith("/") else url.copy_with(path=f"{url.path}/")


def resolve(base: httpx.URL, reference: str | httpx.URL) -> httpx.URL:
    """``reference`` made absolute against ``base``, which a URL is already: joining takes longer than all the rest.

    NotAllowed(FOREIGN_ADDRESS) when that leaves the origin.
    """
    try:
        url = reference if isinstance(reference, httpx.URL) else base.join(reference)
    except httpx.InvalidURL:
        raise NotAllowed(Reason.FOREIGN_ADDRESS) from None
    if _origin(url) != _origin(base) or url.userinfo:
        raise NotAllowed(Reason.FOREIGN_ADDRESS)
    return url


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host.rstrip("."), url.port or _PORTS.get(url.scheme)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
