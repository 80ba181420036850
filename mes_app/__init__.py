"""Mes carnets: a personal health record that works without network and loses nothing."""

__version__ = "0.1.0"
