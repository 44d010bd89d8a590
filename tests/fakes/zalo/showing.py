"""How a world stands, as the page shows it."""

import re
from typing import Any, Final

from tests.fakes.page.lines import initials, log_lines, size, stamp
from tests.fakes.pictures import image_size
from tests.fakes.zalo.acting import name_of
from tests.fakes.zalo.calls import Request
from tests.fakes.zalo.chats import Shown
from tests.fakes.zalo.groups import Group
from tests.fakes.zalo.people import Person
from tests.fakes.zalo.world import World

_FRESH_SECONDS: Final = 60.0
_LINK: Final = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
_TRIALS: Final = (
    ("lost", "Mất trả lời sau khi gửi"),
    ("torn", "Đứt kết nối trước khi gửi"),
    ("late", "Trả lời chậm 20 giây"),
    ("quota", "429, hết hạn mức"),
    ("forbidden", "403, lỗi máy chủ"),
    ("timeout", "408 sau khi gửi"),
    ("broken", "502, trang lỗi HTML"),
    ("unreadable", "200, nội dung hỏng"),
)
_MENU: Final = (
    {"words": "Nhãn dán", "note": "", "do": "sticker", "text": ""},
    {"words": "Tin thoại", "note": "", "do": "voice", "text": ""},
    {"words": "Tệp, vị trí, danh thiếp", "note": "Trợ lý chỉ biết là có tin", "do": "unsupported", "text": ""},
)
_KINDS: Final = {"sticker": "(nhãn dán)", "voice": "(tin thoại)", "unsupported": "(loại tin trợ lý không nhận được)"}


def showing(world: World) -> dict[str, Any]:
    """Give everything that the page shows."""
    return {
        "platform": "Zalo",
        "settings": [f"DONDOC_ZALO_TOKENS={','.join(world.tokens)}", f"DONDOC_ZALO_API={world.address}"],
        "bot": world.bot.name,
        "menu_mark": "+",
        "codes": False,
        "trials": [{"name": name, "words": words} for name, words in _TRIALS],
        "connection": _connection(world),
        "waiting": sum(len(bot.inbox.waiting) for bot in world.bots.values()),
        "troubles": sum(planted.times for planted in world.planted.waiting),
        "people": [
            *(_person(world, person.at(bot)) for person in world.people for bot in world.bots.values()),
            *(_group(world, *pair) for pair in enumerate(world.groups)),
        ],
        "log": list(log_lines(world.requests, lambda request: _meant(world, request), _said)),
    }


def _connection(world: World) -> str:
    if any(bot.webhook.url for bot in world.bots.values()):
        return "webhook"
    if any(bot.inbox.polled for bot in world.bots.values()):
        return "polling"
    last = world.requests[-1].at if world.requests else None
    return "none" if last is None or world.clock.monotonic() - last > _FRESH_SECONDS else "seen"


def _person(world: World, person: Person) -> dict[str, Any]:
    chat = person.bot.chats.get(person.id)
    bots = list(world.bots.values())
    return {
        "id": name_of(world, person),
        "name": person.name if person.bot is bots[0] else f"{person.name} · {person.bot.name}",
        "initials": initials(person.name),
        "bot": person.bot.name,
        "bots": [{"id": name_of(world, person.at(bot)), "name": f"{bot.name} (còn {bot.left} tin)"} for bot in bots],
        "aside": chat is None and person.bot is not bots[0],
        "standing": "open" if chat is None else str(chat.standing),
        "menu": _MENU,
        "toasts": [],
        "messages": [_message(shown) for shown in person.screen()],
    }


def _group(world: World, number: int, group: Group) -> dict[str, Any]:
    return {
        "id": f"g{number}",
        "name": group.chat.name,
        "initials": group.chat.name[0].upper(),
        "bot": group.bot.name,
        "standing": str(group.chat.standing) if group.id in group.bot.chats else "new",
        "members": [{"id": name_of(world, person.at(group.bot)), "name": person.name} for person in world.people],
        "large": True,
        "menu": [{"words": group.mention, "note": "Gọi trợ lý", "do": "mentions", "text": "trogiup"}],
        "toasts": [],
        "messages": [{**_message(shown), "who": shown.who} for shown in group.screen()],
    }


def _message(shown: Shown) -> dict[str, Any]:
    return {
        "id": shown.id,
        "mine": not shown.by_bot,
        "html": _LINK.sub(r'<a href="\g<0>">\g<0></a>', shown.html) or _KINDS.get(shown.kind, ""),
        "unheard": shown.unheard,
        **stamp(shown.date / 1000),
        "edited": False,
        "rows": [],
        "files": [_file(shown)] if shown.content else [],
    }


def _file(shown: Shown) -> dict[str, Any]:
    width, height = image_size(shown.content) if shown.kind == "photo" else (0, 0)
    name = "Ảnh" if shown.kind == "photo" else "thoai.aac"
    return {"name": name, "size": size(len(shown.content)), "width": width, "height": height}


def _meant(world: World, request: Request) -> str:
    bot = world.bots.get(request.token)
    chat = bot.chats.get(request.chat) if bot else None
    named = [bot.name] if bot and len(world.bots) > 1 else []
    return " · ".join([*named, *([chat.name] if chat else [])])


def _said(request: Request) -> str:
    if request.method == "getUpdates":
        return "1 cập nhật"
    return str(request.params.get("text", request.params.get("caption", request.params.get("action", ""))))
