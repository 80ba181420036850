"""What protects the records, told and changed here: the ways in, the backup, the key, and how to leave."""
