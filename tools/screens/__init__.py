"""Takes every screen into docs/screens, from the app on the demonstration server, in a real browser."""
