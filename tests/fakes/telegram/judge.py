"""Holds requests and the fake's own answers to both descriptions of the Bot API; words faults as the server does."""

import re
from collections.abc import Mapping
from typing import Any, Final

from tests.fakes.telegram.calls import Call, Refused
from tests.fakes.telegram.description import Faults, description
from tests.fakes.telegram.opinion import opinion

_WORDED: Final = (
    (re.compile(r"\.chat_id: (?:missing|Field required)"), "chat_id is empty"),
    (re.compile(r"^(sendMessage|editMessageText)\.text: (?:missing|Field required)"), "message text is empty"),
    (re.compile(r"\.parse_mode: none of"), "unsupported parse_mode"),
    (re.compile(r"\.callback_data: \d+ bytes"), "BUTTON_DATA_INVALID"),
    (re.compile(r"^sendDocument\.document: (?:missing|Field required)"), "there is no document in the request"),
    (re.compile(r"^sendPhoto\.photo: (?:missing|Field required)"), "there is no photo in the request"),
    (re.compile(r"\.commands\[\d+\]\.command: "), "BOT_COMMAND_INVALID"),
    (re.compile(r"\.commands\[\d+\]\.description: "), "BOT_COMMAND_DESCRIPTION_INVALID"),
    (re.compile(r"^answerCallbackQuery\.text: \d+ characters"), "MESSAGE_TOO_LONG"),
)


class Judge:
    """Both readings of the Bot API at once; loading them takes seconds once a process."""

    def __init__(self) -> None:
        self._description = description()
        self._opinion = opinion()
        described = self._description.methods if self._description else {}
        self._names = {name.lower(): name for name in (*self._opinion.methods, *described)}

    def known(self, name: str) -> str:
        """Give a method's name as it is written; Telegram takes it in any case."""
        found = self._names.get(name.lower())
        if found is None:
            raise Refused(404, "Not Found: method not found")
        return found

    def call(self, call: Call) -> Faults:
        """Give what is wrong with a request, in the server's words where they are known."""
        described = self._description is not None and call.method in self._description.methods
        faults = self._description.call(call.method, call.params, call.files) if self._description and described else []
        faults = faults or self._opinion.call(call.method, call.params, call.files)
        for pattern, words in _WORDED:
            if any(pattern.search(fault) for fault in faults):
                return [words]
        return faults

    def update(self, update: Mapping[str, Any]) -> Faults:
        """Give what is wrong with an update."""
        faults = self._description.object("Update", update) if self._description else []
        return faults + self._opinion.update(update)

    def result(self, method: str, result: Any) -> Faults:
        """Give what is wrong with an answer of the fake."""
        faults = self._description.result(method, result) if self._description else []
        return faults + self._opinion.result(method, result)
