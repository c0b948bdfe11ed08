"""`python -m sla2.cli` is `sla2`, for where the program is not on the path."""

from __future__ import annotations

from sla2.cli.main import main

if __name__ == "__main__":
    main()
