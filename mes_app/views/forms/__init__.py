"""The forms of the record: what a person may write, field by field, as the model declares it."""
