"""``python -m tui PATH`` shows a database without the command line of quotes."""

from __future__ import annotations

import sys
from pathlib import Path

from tui import run

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tui PATH")
    sys.exit(run(Path(sys.argv[1])))
