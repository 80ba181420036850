"""What the bytes of a document hold: pure readers, each of one format, that bound what they take in.

Nothing is read from a disk or a network here, and no word for a reader is chosen.
"""
