"""The appointments of a person, to come and past."""
