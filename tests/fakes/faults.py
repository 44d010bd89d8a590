"""What can go wrong between a bot and its platform, planted by a test: `world.fails("sendMessage", Fault.TORN)`."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, Self

_PAGE: Final = (
    "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n</body>\r\n</html>\r\n"
)
_REASONS: Final[Mapping[int, str]] = {
    200: "Welcome",
    500: "500 Internal Server Error",
    502: "502 Bad Gateway",
    504: "504 Gateway Time-out",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of trouble; `effect` tells whether what was asked happens all the same.

    `torn` ends the connection without an answer, `seconds` delays it, otherwise `status` and `body` are the answer.
    """

    name: str
    effect: bool = False
    torn: bool = False
    seconds: float = 0.0
    status: int = 0
    body: str | Mapping[str, Any] = ""

    REPLY_LOST: ClassVar["Fault"]
    TORN: ClassVar["Fault"]
    HALF: ClassVar["Fault"]
    UNREADABLE: ClassVar["Fault"]
    PORTAL: ClassVar["Fault"]
    INTERNAL: ClassVar["Fault"]
    BAD_GATEWAY: ClassVar["Fault"]
    GATEWAY_TIMEOUT: ClassVar["Fault"]

    @classmethod
    def delay(cls, seconds: float) -> Self:
        """What was asked happens at once, the answer comes so much later by the fake's clock."""
        return cls("delay", effect=True, seconds=seconds)

    @classmethod
    def refused(cls, code: int, description: str, **parameters: int) -> Self:
        """Any other refusal, worded by the test."""
        return cls("refused", status=code, body=refusal(code, description, parameters or None))


def refusal(code: int, words: str, parameters: Mapping[str, int] | None = None) -> dict[str, Any]:
    """Word a refusal as the server does."""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": words}
    if parameters:
        body["parameters"] = dict(parameters)
    return body


def _page(status: int, *, effect: bool) -> Fault:
    return Fault(_REASONS[status], effect=effect, status=status, body=_PAGE.format(_REASONS[status]))


Fault.REPLY_LOST = Fault("reply lost", effect=True, torn=True)
Fault.TORN = Fault("torn", torn=True)
Fault.HALF = Fault("half an answer", effect=True, torn=True, status=200, body='{"ok":true,"result":{"message_id"')
Fault.UNREADABLE = Fault("unreadable", effect=True, status=200, body='{"ok":true,"result":{"message_id":')
Fault.PORTAL = _page(200, effect=False)
Fault.INTERNAL = _page(500, effect=False)
Fault.BAD_GATEWAY = _page(502, effect=False)
Fault.GATEWAY_TIMEOUT = _page(504, effect=True)


@dataclass(slots=True)
class _Planted:
    method: str
    fault: Fault
    times: int
    chat: Hashable
    skip: int


@dataclass(slots=True)
class Planted:
    """The troubles that wait for their call, in the order in which they were planted."""

    waiting: list[_Planted] = field(default_factory=list)

    def plant(self, method: str, fault: Fault, times: int = 1, chat: Hashable = None, skip: int = 0) -> None:
        """Let the next `times` calls of a method ("*": any), in one chat or in any, after `skip` good ones, fail so."""
        self.waiting.append(_Planted(method, fault, times, chat, skip))

    def due(self, method: str, chat: Hashable) -> Fault | None:
        """Give the trouble that this call meets."""
        for planted in self.waiting:
            if planted.method not in {"*", method} or planted.chat not in {None, chat}:
                continue
            if planted.skip:
                planted.skip -= 1
                continue
            planted.times -= 1
            if not planted.times:
                self.waiting.remove(planted)
            return planted.fault
        return None
