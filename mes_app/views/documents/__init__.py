"""The documents of a person: find one, read it, take it along."""
