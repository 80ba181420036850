"""The synthesis of a person: made, looked at, taken along."""
