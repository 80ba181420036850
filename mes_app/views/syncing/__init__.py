"""What the app and its service still have to tell each other, and the choices that only a person can make."""
