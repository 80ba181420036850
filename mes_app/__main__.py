"""`python -m mes_app`: the same as the `mes-app` command."""

from mes_app.cli import main

main()
