"""`mes-app doctor`: examine the vault, the key store, the server and the disk, and say what to do."""

from mes_app.cli.terminal import Terminal
from mes_app.i18n import t
from mes_app.services.carnets import Carnets


async def examine(carnets: Carnets, terminal: Terminal) -> int:
    """Print each finding; 0 when all is well, 1 otherwise."""
    findings = await carnets.doctor.examine()
    lines = [t(f"doctor.{found.check}_{found.state}", **found.facts) for found in findings]
    data = [{"check": found.check, "ok": found.ok, "state": found.state, **found.facts} for found in findings]
    terminal.answer(data, lines)
    return 0 if all(found.ok for found in findings) else 1
