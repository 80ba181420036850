"""The choices of this device: sync, look, lock; and what the app is made of."""
