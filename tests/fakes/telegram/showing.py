"""How a world stands, as the page shows it."""

from collections.abc import Mapping
from typing import Any, Final

from tests.fakes.page.lines import initials, log_lines, size, stamp
from tests.fakes.telegram.calls import Request
from tests.fakes.telegram.chats import Chat, Shown, Standing
from tests.fakes.telegram.entities import to_html
from tests.fakes.telegram.groups import Group
from tests.fakes.telegram.people import Person
from tests.fakes.telegram.world import World

_FRESH_SECONDS: Final = 60.0
TRIALS: Final = (
    ("lost", "Mất trả lời sau khi gửi"),
    ("torn", "Đứt kết nối trước khi gửi"),
    ("late", "Trả lời chậm 20 giây"),
    ("flood", "429, chờ 10 giây"),
    ("broken", "502, trang lỗi HTML"),
    ("unreadable", "200, nội dung hỏng"),
)


def showing(world: World) -> dict[str, Any]:
    """Give everything that the page shows."""
    return {
        "platform": "Telegram",
        "settings": [f"DONDOC_TELEGRAM_TOKEN={world.token}", f"DONDOC_TELEGRAM_API={world.address}"],
        "bot": world.bot.name,
        "username": world.bot.username,
        "menu_mark": "/",
        "codes": True,
        "trials": [{"name": name, "words": words} for name, words in TRIALS],
        "connection": _connection(world),
        "waiting": len(world.queued),
        "troubles": sum(planted.times for planted in world.planted.waiting),
        "people": [*map(_person, world.people.values()), *(_group(world, *pair) for pair in enumerate(world.groups))],
        "log": list(log_lines(world.requests, lambda request: _meant(world, request), _summary)),
    }


def _connection(world: World) -> str:
    if world.bot.webhook.url:
        return "webhook"
    if world.bot.inbox.polled:
        return "polling"
    last = world.requests[-1].at if world.requests else None
    return "none" if last is None or world.clock.monotonic() - last > _FRESH_SECONDS else "seen"


def _person(person: Person) -> dict[str, Any]:
    chat = person.bot.chats.get(person.id)
    return {
        "id": person.id,
        "name": person.name,
        "initials": initials(person.name),
        "standing": "new" if chat is None else str(chat.standing),
        "menu": _commands(person) if chat is not None and chat.standing is Standing.OPEN else [],
        "toasts": person.toasts,
        "messages": [_message(shown) for shown in person.screen()],
    }


def _commands(person: Person) -> list[dict[str, str]]:
    return [
        {"words": f"/{name}", "note": note, "do": "writes", "text": f"/{name}"} for name, note in person.menu().items()
    ]


def _group(world: World, number: int, group: Group) -> dict[str, Any]:
    return {
        "id": f"g{number}",
        "name": group.chat.names["title"],
        "initials": group.chat.names["title"][0].upper(),
        "standing": str(group.chat.standing) if group.id in world.bot.chats else "new",
        "members": [{"id": person.id, "name": person.name} for person in world.people.values()],
        "large": group.chat.kind == "supergroup",
        "menu": [],
        "toasts": [],
        "messages": [{**_message(shown), "who": "" if _told(shown) else _writer(shown)} for shown in group.screen()],
    }


def _meant(world: World, request: Request) -> str:
    chat = world.bot.chats.get(request.chat or 0)
    return _name(chat) if chat else ""


def _name(chat: Chat) -> str:
    names = chat.names
    return names.get("title") or f"{names.get('last_name', '')} {names['first_name']}".strip()


def _writer(shown: Shown) -> str:
    writer = shown.raw["from"]
    return "" if shown.by_bot else f"{writer.get('last_name', '')} {writer['first_name']}".strip()


def _told(shown: Shown) -> str:
    """Write what Telegram tells of a group by itself; "" for what somebody wrote."""
    if "new_chat_members" in shown.raw:
        return f"Đã thêm {', '.join(user['first_name'] for user in shown.raw['new_chat_members'])} vào nhóm."
    if "migrate_to_chat_id" in shown.raw or "migrate_from_chat_id" in shown.raw:
        return "Nhóm đã thành nhóm lớn và mang số mới."
    return ""


def _message(shown: Shown) -> dict[str, Any]:
    raw = shown.raw
    keyboard = raw.get("reply_markup", {}).get("inline_keyboard", [])
    return {
        "id": shown.id,
        "mine": not shown.by_bot,
        "html": _linked(shown) or _told(shown),
        "unheard": shown.unheard,
        **stamp(raw["date"]),
        "edited": shown.edited,
        "rows": [[{"text": button["text"], "url": button.get("url", "")} for button in row] for row in keyboard],
        "files": [_file(raw)] if shown.files else [],
    }


def _linked(shown: Shown) -> str:
    """Write the text as HTML in which web addresses can be followed."""
    entities = [
        {**entity, "type": "text_link", "url": _part(shown.text, entity)} if entity["type"] == "url" else entity
        for entity in shown.raw.get("entities", shown.raw.get("caption_entities", []))
        if entity["type"] != "text_link" or entity["url"].startswith(("http://", "https://"))
    ]
    return to_html(shown.text, entities)


def _part(text: str, entity: Mapping[str, Any]) -> str:
    begin = entity["offset"] * 2
    return text.encode("utf-16-le")[begin : begin + entity["length"] * 2].decode("utf-16-le")


def _file(raw: Mapping[str, Any]) -> dict[str, Any]:
    photo = "photo" in raw
    count = raw["photo"][-1]["file_size"] if photo else raw["document"]["file_size"]
    if photo:
        largest = raw["photo"][-1]
        return {"name": "Ảnh", "size": size(count), "width": largest["width"], "height": largest["height"]}
    return {"name": raw["document"]["file_name"], "size": size(count), "width": 0, "height": 0}


def _summary(request: Request) -> str:
    if request.method == "getUpdates":
        return f"{len(request.answer)} cập nhật"
    shown = request.answer if isinstance(request.answer, dict) else request.params
    return str(shown.get("text", shown.get("caption", request.params.get("action", ""))))
