"""The command line: what the operator and the secretariat can ask of a terminal."""

import asyncio
import json
import sys
from collections.abc import Coroutine, Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from models.rules.text import Refusal, Text

REFUSED: Final = 1
WRONG_CALL: Final = 2

app = typer.Typer(
    name="dondoc",
    help="Đôn Đốc: the assistant of an emulation and commendation council.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

MaybeDay = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the event.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def main() -> None:
    """Run a command; refusals go to standard error with what to do next, exit code 1."""
    from bot.config import ConfigError

    try:
        try:
            app()
        except Refusal as refusal:
            fail(refusal.text)
    except ConfigError as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        sys.exit(REFUSED)


def said(text: Text | str) -> str:
    """Put a sentence into the language of this terminal's council."""
    from bot.config import load
    from bot.i18n import catalogues

    config = load()
    return catalogues(config.locale).speech(config.locale, config.zone).say(text)


def fail(text: Text | str) -> None:
    """End with a sentence that says what is wrong and what to do."""
    print(said(text), file=sys.stderr)
    sys.exit(REFUSED)


def run_async(work: Coroutine[Any, Any, int | None]) -> None:
    """Run a command to its end; what it gives is the exit code."""
    code = asyncio.run(work)
    if code:
        sys.exit(code)


@app.command()
def run(
    *, sample: Annotated[bool, typer.Option("--sample", help="The sample council on a moved clock.")] = False
) -> None:
    """Run the assistant: channels, clock, courier, pages (roles by DONDOC_ROLES)."""
    from bot.config import load
    from bot.running import start

    run_async(start(load(), is_sample=sample))


@app.command("import")
def import_(
    file: Path,
    as_: Annotated[
        str, typer.Option("--as", help="directory, oversight, tasks or days; otherwise it is found out.")
    ] = "",
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the preview only.")] = False,
    answer: Annotated[list[str] | None, typer.Option(help="ROW=VALUE: answers a question of the preview.")] = None,
) -> None:
    """Take a directory, Notice 01 or a plan's annex into the store: a preview, then one transaction."""
    from bot.config import load
    from bot.importing import import_file

    run_async(import_file(load(), file, as_=as_, dry_run=dry_run, answers=tuple(answer or ())))


@app.command()
def read(file: Path, *, as_json: Json = False) -> None:
    """Show what a document would yield: its number and date, kind, rows and questions."""
    from bot.reading import read_file

    found, readable = read_file(file, said)
    print(json.dumps(found, ensure_ascii=False, indent=2) if as_json else "\n".join(_plain(found)))
    if not readable:
        sys.exit(REFUSED)


def _plain(found: dict[str, Any]) -> Iterator[str]:
    """Say what was found a line a fact."""
    for name, value in found.items():
        if not isinstance(value, list):
            yield f"{name}: {'' if value is None else value}"
            continue
        yield f"{name}: {len(value)}"
        for item in value:
            yield "  " + (item if isinstance(item, str) else " | ".join(_cell(cell) for cell in item.values()))


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    return "" if value is None else str(value)


@app.command()
def deadline(
    phrase: Annotated[str, typer.Argument(help="The deadline as a document words it.")] = "",
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the document.")] = None,
    event: MaybeDay = None,
    tsv: Annotated[Path | None, typer.Option(help="A phrase and a date a line, a tab between.")] = None,
) -> None:
    """Show how a deadline phrase is read, in the notation of examples/README.md."""
    from bot.reading import readings

    if tsv is not None:
        for line in readings(tsv):
            print(line)
        return
    if not phrase or on is None:
        print("Give a phrase and --on YYYY-MM-DD, or --tsv FILE.", file=sys.stderr)
        sys.exit(WRONG_CALL)
    from models.rules.calendar import Calendar
    from models.rules.deadline import read as read_phrase

    print(read_phrase(phrase, on.date(), event=event.date() if event else None, calendar=Calendar()).notation)


@app.command()
def invite(
    unit: Annotated[list[str] | None, typer.Option(help="The code of a unit; may be given again.")] = None,
    *,
    all_: Annotated[bool, typer.Option("--all", help="Everybody who has not joined.")] = False,
    units: Annotated[bool, typer.Option("--units", help="Letters that ask units to name their focal points.")] = False,
    out: Annotated[Path, typer.Option(help="The .docx to write.")] = Path("ma-ket-noi.docx"),
) -> None:
    """Write join codes with QR on printable sheets; with --units a letter for each unit that nobody answers for."""
    if not unit and not all_ and not units:
        print("Name units with --unit CODE, or say --all or --units.", file=sys.stderr)
        sys.exit(WRONG_CALL)
    run_async(_invited(tuple(unit or ()), out, as_letters=units))


async def _invited(units: tuple[str, ...], out: Path, *, as_letters: bool) -> None:
    from bot.app import opened
    from bot.config import load
    from bot.inviting import introduced, invite_units
    from bot.inviting import invite as write_codes
    from bot.timepiece import SystemClock
    from models.rules.text import t

    async with opened(load(), SystemClock()) as assistant:
        if as_letters:
            for silent in await introduced(assistant):
                print(said(silent), file=sys.stderr)
        count = await (invite_units if as_letters else write_codes)(assistant, units, out)
    print(said(t("Wrote {count} join codes to {file}.", count=count, file=str(out))))


@app.command()
def rehearse(days: int = 14, *, as_json: Json = False) -> None:
    """Show everything that would be sent: to whom, when, why."""
    from bot.config import load
    from bot.rehearsal import show

    run_async(show(load(), days=days, as_json=as_json))


@app.command()
def check() -> None:
    """Check configuration, database and files: all faults at once."""
    from bot.checking import check as checked

    run_async(checked())


@app.command()
def migrate() -> None:
    """Bring the store's tables up to date."""
    from bot import migrate as migrations
    from bot.config import load

    url = load().database_url
    migrations.upgrade(url)
    print(f"The store is at revision {migrations.current(url)}.")
