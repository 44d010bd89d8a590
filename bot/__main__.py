"""`python -m bot` is `dondoc`."""

from bot.cli import main

main()
