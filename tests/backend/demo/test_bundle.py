import gzip
import json

from mes_backend.demo.bundle import ANCHOR, ASSET, make_bundle
from mes_backend.demo.family import Family

LIMIT = 6_000_000


def test_the_asset_is_what_the_family_is_today_and_small_enough_for_a_phone(family: Family) -> None:
    """Compared unpacked: libraries of different machines pack differently."""
    packed = ASSET.read_bytes()
    assert len(packed) < LIMIT
    assert gzip.decompress(packed) == make_bundle(family), "run: python -m mes_backend.demo.bundle"


def test_the_asset_holds_no_moment_of_its_making() -> None:
    assert ASSET.read_bytes()[4:8] == bytes(4)


def test_every_resource_of_the_bundle_has_a_version_and_its_address() -> None:
    bundle = json.loads(gzip.decompress(ASSET.read_bytes()))
    assert (bundle["type"], bundle["timestamp"][:10]) == ("collection", ANCHOR.isoformat())
    for entry in bundle["entry"]:
        resource = entry["resource"]
        assert entry["fullUrl"].endswith(f"/{resource['resourceType']}/{resource['id']}")
        assert resource["meta"]["versionId"] == "1"
