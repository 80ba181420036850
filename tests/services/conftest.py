"""Vaults made once, for each test to have its own copy."""

import pytest

from tests.services.vault_stories import PASSPHRASE, PIN, Kept, keep_vault


@pytest.fixture(scope="session")
def under_pin(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return keep_vault(tmp_path_factory.mktemp("pin"), PIN)


@pytest.fixture(scope="session")
def under_passphrase(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return keep_vault(tmp_path_factory.mktemp("passphrase"), PASSPHRASE)
