"""The first screen of a person: who, what is new, what comes next."""
