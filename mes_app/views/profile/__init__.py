"""The people of the vault: how one more comes in."""
