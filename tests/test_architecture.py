"""The house keeps its own rules: sizes, directions, names."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("bot", "handlers", "pages", "documents", "models")
FOLDERS = (*ROOMS, "locales", "tests", "benchmarks", "migrations")
MAY_IMPORT = {
    "models": {"models"},
    "documents": {"models", "documents"},
    "handlers": {"models", "documents", "handlers"},
    "pages": {"models", "documents", "pages"},
    "bot": set(ROOMS),
}
NO_ROOM = {"utils", "util", "helpers", "helper", "common", "core", "services", "service", "managers", "manager", "misc"}
# where anything that goes wrong must end in a log, an incident number or a later try, and nowhere else
# (an update is dispatched in two steps: bot/dispatch.py takes it, bot/handling.py carries it out)
CATCH_ALL = {"bot/dispatch", "bot/handling", "bot/courier", "bot/clock"}
LINES = 300
BODY_LINES = 40
REMINDERS = ("TO" + "DO", "FIX" + "ME", "XX" + "X")

FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*.py")
    if "versions" not in path.parts  # Alembic writes them
)
IN_ROOMS = [file for file in FILES if file.partition("/")[0] in ROOMS]
# the kit is what the handlers are written in; its words are judged by whoever speaks them
HANDLERS = [file for file in FILES if file.startswith("handlers/") and "/kit" not in file and "__init__" not in file]


def room(file: str) -> str:
    return file.partition("/")[0]


def top(name: str) -> str:
    return name.partition(".")[0]


def offenders(files: Iterable[str], faults: Callable[[str], Iterable[object]]) -> dict[str, list[object]]:
    """Give the files that have faults, with these."""
    return {file: found for file in files if (found := list(faults(file)))}


def test_a_file_is_read_in_one_sitting() -> None:
    assert [file for file in FILES if len(source(file).splitlines()) >= LINES] == [], "Move what is its own matter."


def test_a_function_fits_the_eye() -> None:
    def long(file: str) -> Iterator[str]:
        return (f"{name} ({lines})" for name, lines in bodies(file) if lines > BODY_LINES)

    assert offenders(FILES, long) == {}


def test_nothing_is_left_for_later() -> None:
    assert offenders(FILES, lambda file: (word for word in REMINDERS if word in source(file))) == {}


def test_a_room_is_named_for_what_it_holds() -> None:
    assert offenders(FILES, lambda file: NO_ROOM.intersection(Path(file).with_suffix("").parts)) == {}


def test_imports_go_one_way() -> None:
    def wrong(file: str) -> Iterator[str]:
        allowed = MAY_IMPORT[room(file)]
        return (name for name in imports(file) if top(name) in FOLDERS and top(name) not in allowed)

    assert offenders(IN_ROOMS, wrong) == {}


def test_rules_import_rules_only() -> None:
    def wrong(file: str) -> Iterator[str]:
        return (name for name in imports(file) if top(name) == "models" and not name.startswith("models.rules"))

    assert offenders(within("models/rules/"), wrong) == {}


def test_a_channel_knows_the_kit_of_the_handlers_only() -> None:
    def wrong(file: str) -> Iterator[str]:
        return (name for name in imports(file) if name.startswith("handlers") and not name.startswith("handlers.kit"))

    assert offenders(within("bot/channels/"), wrong) == {}


def test_only_dispatch_courier_and_clock_catch_everything() -> None:
    elsewhere = [file for file in FILES if not file.startswith(tuple(CATCH_ALL))]
    assert offenders(elsewhere, lambda file: (handler.lineno for handler in catch_alls(file))) == {}


def test_a_row_is_held_so_that_others_may_still_name_it() -> None:
    def otherwise(file: str) -> Iterator[str]:
        locks = (line.strip() for line in source(file).splitlines() if re.search(r"with_for_update[=(]", line))
        return (line for line in locks if "HELD" not in line and "read=True" not in line)

    assert offenders(IN_ROOMS, otherwise) == {}


def test_what_can_be_said_is_tested() -> None:
    tests = {file: Path("tests", Path(file).parent, f"test_{Path(file).name}") for file in HANDLERS}
    assert {file: str(test) for file, test in tests.items() if not (ROOT / test).is_file()} == {}


def within(folder: str) -> list[str]:
    found = [file for file in FILES if file.startswith(folder)]
    assert found, f"There is no {folder} any more."
    return found


@cache
def source(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


@cache
def tree(file: str) -> ast.Module:
    return ast.parse(source(file), file)


def bodies(file: str) -> Iterator[tuple[str, int]]:
    """Each function and the lines of its body, its docstring not counted."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            statements = node.body[1:] if ast.get_docstring(node) else node.body
            first = statements[0].lineno if statements else node.lineno
            yield node.name, (node.end_lineno or first) - first + 1


def imports(file: str) -> Iterator[str]:
    """Each imported module or name, as a dotted path."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def catch_alls(file: str) -> Iterator[ast.ExceptHandler]:
    """Each `except` that takes every error; one that only adds to it and raises it again is none."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type) and not isinstance(node.body[-1], ast.Raise):
            yield node


def _is_broad(kind: ast.expr | None) -> bool:
    names = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(
        name is None or (isinstance(name, ast.Name) and name.id in {"Exception", "BaseException"}) for name in names
    )
