"""Keys, envelopes, sealed files and proofs of possession. Knows only errors; never sends, prints or logs."""
