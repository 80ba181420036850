"""What builds the project: the stage that ships, fonts, screenshots. Nothing here is part of the app."""
