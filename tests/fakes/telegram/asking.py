"""What a bot asks, and what it says without a message: who it is, files, commands, answers to presses."""

import json
import re
from typing import Any, Final

from tests.fakes.telegram.bots import Bot, Commands
from tests.fakes.telegram.calls import Call, bad_request
from tests.fakes.telegram.chats import Standing
from tests.fakes.telegram.registry import method

_COMMAND: Final = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE: Final = re.compile(r"(?:[a-z]{2})?")
_MOST_COMMANDS: Final = 100
_LONGEST_DESCRIPTION: Final = 256
_LONGEST_TOAST: Final = 200
_ACTIONS: Final = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_GIFTS: Final = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


@method("getMe")
def get_me(bot: Bot, call: Call) -> dict[str, Any]:
    """Say who the bot is."""
    return {
        **bot.user,
        "can_join_groups": True,
        "can_read_all_group_messages": bot.reads_all,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("getChat")
def get_chat(bot: Bot, call: Call) -> dict[str, Any]:
    """Say what a chat is."""
    chat = bot.chats.get(call.chat or 0)
    if chat is None:
        raise bad_request("chat not found")
    if chat.standing in {Standing.KICKED, Standing.LEFT, Standing.MIGRATED}:
        chat.check()
    return {
        **chat.raw,
        "accent_color_id": 3,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, chat.private),
    }


@method("leaveChat")
def leave_chat(bot: Bot, call: Call) -> bool:
    """Leave a group."""
    chat = bot.chat(call.chat)
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.standing = Standing.LEFT
    return True


@method("sendChatAction")
def send_action(bot: Bot, call: Call) -> bool:
    """Show that the bot is busy."""
    chat, action = bot.chat(call.chat), call.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    bot.actions.append((chat.id, action))
    return True


@method("answerCallbackQuery")
def answer_press(bot: Bot, call: Call) -> bool:
    """Answer a press, perhaps with a line on top of the chat."""
    if len(call.text("text")) > _LONGEST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    bot.answers(call.text("callback_query_id"), call.text("text"))
    return True


@method("getFile")
def get_file(bot: Bot, call: Call) -> dict[str, Any]:
    """Make a link to a file."""
    return bot.cabinet.link(call.text("file_id"), bot.clock.monotonic())


@method("setMyCommands")
def set_commands(bot: Bot, call: Call) -> bool:
    """Keep a list of commands for a scope and a language."""
    commands: Commands = call.object("commands")
    if len(commands) > _MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"].strip()) <= _LONGEST_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    key = _key(bot, call)
    if commands:
        bot.commands[key] = commands
    else:
        bot.commands.pop(key, None)
    return True


@method("deleteMyCommands")
def delete_commands(bot: Bot, call: Call) -> bool:
    """Forget a list of commands."""
    bot.commands.pop(_key(bot, call), None)
    return True


@method("getMyCommands")
def get_commands(bot: Bot, call: Call) -> Commands:
    """Give the list of commands of just this scope and language."""
    return bot.commands.get(_key(bot, call), [])


def menu(bot: Bot, chat: int, language: str) -> Commands:
    """Give the commands that a person is offered: the nearest scope counts, and in it his language first."""
    for scope in ({"type": "chat", "chat_id": chat}, {"type": "all_private_chats"}, {"type": "default"}):
        for code in (language, ""):
            if found := bot.commands.get((_named(scope), code)):
                return found
    return []


def _key(bot: Bot, call: Call) -> tuple[str, str]:
    scope = call.object("scope") or {"type": "default"}
    if "chat_id" in scope:
        scope = {**scope, "chat_id": int(scope["chat_id"])}
        if scope["chat_id"] not in bot.chats:
            raise bad_request("chat not found")
    language = call.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return _named(scope), language


def _named(scope: dict[str, Any]) -> str:
    return json.dumps(scope, sort_keys=True)
