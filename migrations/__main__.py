"""Writes the next migration: `make migration M="What changes."` compares the tables of `models` with the latest schema."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.migrate import differs, revise, upgrade

with TemporaryDirectory() as folder:
    url = f"sqlite:///{Path(folder) / 'latest.db'}"
    upgrade(url)
    if not differs(url):
        sys.exit("The tables of models are as the latest migration leaves them; there is nothing to write.")
    sys.stdout.write(revise(url, sys.argv[1]) + "\n")
