"""What an answer is made of: lines, choices, an open question, a card, files."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from models.rules.text import Text
from models.subjects import Subject

# the kind under which the message that lists several subjects is drawn anew
LISTING: Final = "listing"


@dataclass(frozen=True, slots=True)
class Call:
    """A command with its arguments, structured: never pasted into text. Arguments are JSON values."""

    command: str
    args: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Give the form in which a parcel or a prompt keeps the call."""
        return {"command": self.command, "args": dict(self.args)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Call":
        """Read back what `as_json` gave."""
        return cls(stored["command"], stored["args"])

    def with_arg(self, name: str, value: object) -> "Call":
        """Give the same call with one more argument: the hole of a question, filled."""
        return Call(self.command, {**self.args, name: value})


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: its label and the call it makes. At most one choice of a message is `primary`."""

    label: Text
    call: Call
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """A question: the next line (or, for the hole "files", the next files) of this chat completes the call."""

    call: Call
    hole: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said: lines (a `str` is somebody's own words, never translated), choices, a question, a card, files.

    `card` makes the message a card of its subject: whenever the subject changes, it is edited to what the `@card`
    function of that kind then gives. A card without lines is composed by that function from the start.
    `result` stands on top of a closed card. `files` are ids of stored files. `about` are the subjects that a message
    lists without being the card of one: when one of them changes, it is edited by the `@card` function of LISTING.
    """

    lines: tuple[Text | str, ...] = ()
    choices: tuple[Choice, ...] = ()
    ask: Ask | None = None
    card: Subject | None = None
    files: tuple[int, ...] = ()
    result: Text | None = None
    about: tuple[Subject, ...] = ()

    def __init__(  # noqa: PLR0913 - every part of an answer may be left out
        self,
        *lines: Text | str,
        choices: tuple[Choice, ...] = (),
        ask: Ask | None = None,
        card: Subject | None = None,
        files: tuple[int, ...] = (),
        result: Text | None = None,
        about: tuple[Subject, ...] = (),
    ) -> None:
        for name, value in (
            ("lines", lines),
            ("choices", choices),
            ("ask", ask),
            ("card", card),
            ("files", files),
            ("result", result),
            ("about", about),
        ):
            object.__setattr__(self, name, value)

    def offering(self, *more: Choice) -> "Reply":
        """Give the same answer with more choices behind its own."""
        return self._with(choices=(*self.choices, *more))

    def saying(self, *more: Text | str) -> "Reply":
        """Give the same answer with more lines below its own."""
        return self._with(lines=(*self.lines, *more))

    def _with(self, **changed: Any) -> "Reply":
        parts: dict[str, Any] = {each.name: getattr(self, each.name) for each in fields(self)} | changed
        return Reply(*parts.pop("lines"), **parts)

    def as_json(self) -> dict[str, Any]:
        """Give the form in which a letter keeps the reply; its question is kept by the chat, not here."""
        return {
            "lines": [line if isinstance(line, str) else line.as_json() for line in self.lines],
            "choices": [
                {"label": choice.label.as_json(), "call": choice.call.as_json(), "primary": choice.primary}
                for choice in self.choices
            ],
            "card": [self.card.kind, self.card.id] if self.card else None,
            "files": list(self.files),
            "result": self.result.as_json() if self.result else None,
            "about": [[subject.kind, subject.id] for subject in self.about],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Reply":
        """Read back what `as_json` gave."""
        return cls(
            *(line if isinstance(line, str) else Text.from_json(line) for line in stored["lines"]),
            choices=tuple(
                Choice(Text.from_json(choice["label"]), Call.from_json(choice["call"]), choice["primary"])
                for choice in stored["choices"]
            ),
            card=Subject(*stored["card"]) if stored["card"] else None,
            files=tuple(stored["files"]),
            result=Text.from_json(stored["result"]) if stored["result"] else None,
            about=tuple(Subject(*subject) for subject in stored.get("about", ())),
        )
