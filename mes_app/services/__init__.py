"""What a user can do, one module per feature. Takes and returns domain values, raises MesError; no words, no Flet."""
