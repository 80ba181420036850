"""`make bench`: how fast the app is, each figure as a ratio to a reference measured in the same run."""
