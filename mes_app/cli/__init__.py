"""The same services from a terminal, for power users, scripts and tests."""

from mes_app.cli.running import main

__all__ = ["main"]
