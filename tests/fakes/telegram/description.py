"""What the Bot API allows, by a machine-readable reading of Telegram's page that is not ours.

The description (Bot API 10.0, by the public project telegram-bot-api-spec) is no part of the repository: it is read
beside it or where DONDOC_BOTAPI says. Without it aiogram's models judge alone.
"""

import json
import logging
import os
import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

_BESIDE: Final = Path(__file__).resolve().parents[3].parent / "shared" / "botapi" / "botapi-10.0.json"
_BOUND: Final = re.compile(r"(\d+)-(\d+) (characters|bytes)(?! after)")
_ALWAYS: Final = re.compile(r"(?:, must be|, always) \W?([a-z0-9_]+)\W?$")
_ATTACHED: Final = re.compile(r"attach://([\w.-]+)")
_PLAIN: Final[Mapping[str, type | tuple[type, ...]]] = {
    "Integer": int,
    "Float": (int, float),
    "Boolean": bool,
    "True": bool,
    "String": str,
}
# what the Bot API has had since; the description does not know it yet
_NEWER: Final = frozenset({"can_send_welcome_messages"})
# fields whose values the prose lists and no machine-readable description does
_WORDS: Final = {"parse_mode": {"HTML", "Markdown", "MarkdownV2"}}
_log: Final = logging.getLogger("tests.fakes")

Faults: TypeAlias = list[str]


def alone(params: Mapping[str, Any], files: Iterable[str]) -> dict[str, str]:
    """Give the uploaded parts that stand for a parameter themselves, not through some attach://name."""
    used = {name for value in params.values() if isinstance(value, str) for name in _ATTACHED.findall(value)}
    return {name: "attach://" for name in files if name not in used}


class Description:
    """The machine-readable description; faults name the place, as "sendMessage.text: missing"."""

    def __init__(self, path: Path) -> None:
        data = json.loads(path.read_text(encoding="utf-8"))
        self.version: str = data["version"]
        self.methods: dict[str, dict[str, Any]] = data["methods"]
        self.types: dict[str, dict[str, Any]] = data["types"]
        for entry in (*self.methods.values(), *self.types.values()):
            entry["by_name"] = {field["name"]: field for field in entry.get("fields") or ()}
            for field in entry["by_name"].values():
                field["bound"] = _BOUND.search(field["description"])
                field["words"] = _words(field)

    def call(self, method: str, params: Mapping[str, Any], files: Collection[str] = ()) -> Faults:
        """Judge a call: `params` as they came over the wire (values of forms are strings), `files` by their names."""
        return self._fields(self.methods[method], {**params, **alone(params, files)}, method, wire=True)

    def result(self, method: str, result: Any) -> Faults:
        """Judge what a method answers."""
        return self._best(self._typed(result, kind, method, wire=False) for kind in self.methods[method]["returns"])

    def object(self, kind: str, value: Any) -> Faults:
        """Judge an object of a named type, as an Update."""
        return self._typed(value, kind, kind, wire=False)

    def _fields(self, entry: Mapping[str, Any], values: Mapping[str, Any], where: str, *, wire: bool) -> Faults:
        fields = entry["by_name"]
        faults = [f"{where}.{name}: unknown" for name in values if name not in fields and name not in _NEWER]
        for name, field in fields.items():
            if name in values:
                faults += self._value(values[name], field, f"{where}.{name}", wire=wire)
            elif field["required"]:
                faults.append(f"{where}.{name}: missing")
        return faults

    def _value(self, value: Any, field: Mapping[str, Any], where: str, *, wire: bool) -> Faults:
        faults = self._best(self._typed(value, kind, where, wire=wire) for kind in field["types"])
        if not isinstance(value, str):
            return faults
        if bound := field["bound"]:
            size = len(value.encode()) if bound[3] == "bytes" else len(value)
            if not int(bound[1]) <= size <= int(bound[2]):
                faults = [*faults, f"{where}: {size} {bound[3]}, allowed {bound[1]}-{bound[2]}"]
        words = field["words"]
        return faults if words is None or value in words else [*faults, f"{where}: none of {', '.join(sorted(words))}"]

    def _typed(self, value: Any, kind: str, where: str, *, wire: bool) -> Faults:
        if kind == "InputFile":
            return [] if isinstance(value, str) else [f"{where}: not a file"]
        if wire and kind != "String" and isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                return [f"{where}: not JSON, {kind} wanted"]
        if kind in _PLAIN:
            truth = kind in {"Boolean", "True"}
            good = isinstance(value, _PLAIN[kind]) and (truth or not isinstance(value, bool))
            return [] if good and (kind != "True" or value) else [f"{where}: {type(value).__name__}, {kind} wanted"]
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where}: {type(value).__name__}, {kind} wanted"]
            inner = kind.removeprefix("Array of ")
            return [f for i, item in enumerate(value) for f in self._typed(item, inner, f"{where}[{i}]", wire=False)]
        return self._entry(value, kind, where)

    def _entry(self, value: Any, kind: str, where: str) -> Faults:
        entry = self.types[kind]
        if subtypes := entry.get("subtypes"):
            return self._best(self._typed(value, subtype, where, wire=False) for subtype in subtypes)
        if not isinstance(value, dict):
            return [f"{where}: {type(value).__name__}, {kind} wanted"]
        return self._fields(entry, value, where, wire=False)

    def _best(self, tries: Iterable[Faults]) -> Faults:
        """Give the fewest faults of any reading."""
        best: Faults | None = None
        for faults in tries:
            if not faults:
                return []
            if best is None or len(faults) < len(best):
                best = faults
        return best or []


def _words(field: Mapping[str, Any]) -> set[str] | None:
    """Give the words that a field may hold, if the prose or we name them."""
    always = _ALWAYS.search(field["description"])
    return {always[1]} if always and field["types"] == ["String"] else _WORDS.get(field["name"])


@cache
def description() -> Description | None:
    """Read the description once a process; without it say so once."""
    path = Path(os.environ.get("DONDOC_BOTAPI") or _BESIDE)  # noqa: TID251 - a setting of the tests, not of the assistant
    if path.is_file():
        return Description(path)
    _log.warning("There is no %s: requests are held to aiogram's models alone.", path.name)
    return None
