"""Opening the vault again, and saying why it cannot be opened."""
