"""Writes the next migration: `make migration M="What changes."` compares the tables of `models` with the latest schema."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.migrate import revise, upgrade

with TemporaryDirectory() as folder:
    url = f"sqlite:///{Path(folder) / 'latest.db'}"
    upgrade(url)
    sys.stdout.write(revise(url, sys.argv[1]) + "\n")
