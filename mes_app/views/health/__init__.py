"""The health profile of a person: allergies first, then every section, down to one entry."""
