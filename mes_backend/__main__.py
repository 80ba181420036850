"""`python -m mes_backend`, where the `mes-backend` command is not installed."""

import sys

from mes_backend.cli import main

sys.exit(main())
