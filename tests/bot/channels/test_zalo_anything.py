"""Whatever Zalo may send: understood or set aside, stored, handled once; and nothing stops the rest."""

from copy import deepcopy
from typing import Any

import pytest

from bot.channels.zalo.inbound import NO_CHAT, chat_of, heard, update_id
from tests.fakes.zalo.payloads import recorded

OURS = ("1459232241454765289",)
EXPECTED = {
    "files": "photo photo_and_photo_url photo_bare_without_caption photo_url photo_url_bare photo_url_without_caption",
    "text": """date_as_words ids_as_numbers text text_bare text_beyond_the_basic_plane text_decomposed text_empty
        text_of_spaces text_of_the_longest text_with_a_link text_with_error_code_of_zero without_chat_type without_date
        without_is_bot without_message_id without_name""",
    "group text": """group_mention group_mention_bare group_mention_in_the_middle group_reply
        group_without_chat_type""",
    "no_files": "link unsupported unsupported_bare unsupported_of_a_protected_person",
    "sticker": "sticker sticker_bare_without_address",
    "voice": "voice voice_bare voice_without_address",
    "group nothing": "echo_in_a_group group_photo group_sticker group_unsupported",
    "unreadable": """photo_of_another_kind photo_without_address without_chat without_message without_sender
        without_text""",
}
_SORTS = {name: sort for sort, names in EXPECTED.items() for name in names.split()}


def sort_of(raw: dict[str, Any]) -> str:
    """Name what an update is understood as."""
    try:
        meant = heard(raw, OURS)
    except (ValueError, LookupError, TypeError):
        return "unreadable"
    sort = meant.event or ("files" if meant.files_there else "text")
    return f"group {sort}" if meant.in_group else sort


@pytest.mark.parametrize("name", sorted(recorded()))
def test_what_was_recorded_is_understood(name: str) -> None:
    raw = dict(recorded()[name])
    assert update_id(raw)
    assert sort_of(raw) == _SORTS.get(name, "nothing")


def test_in_a_group_the_name_of_the_bot_is_no_word_of_the_message() -> None:
    said = {name: heard(raw, OURS).text for name, raw in recorded().items() if name.startswith("group_mention")}
    assert (said["group_mention_bare"], said["group_mention_in_the_middle"][:3]) == ("trogiup", "nhờ")


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("@Bot Đôn Đốc 2 4815 1623 4200", "4815 1623 4200"),
        ("@Bot Đôn Đốc 481516234200", "481516234200"),
        ("@bot.dondoc mã 12", "mã 12"),
        ("@Bot Hội Đồng 2", "2"),
        ("@Bot Đôn Đốc", ""),
    ],
)
def test_a_mention_goes_with_all_words_of_the_name_and_no_digit_of_a_code(said: str, left: str) -> None:
    raw = deepcopy(dict(recorded()["group_mention_bare"]))
    raw["message"]["text"] = said
    assert heard(raw, OURS).text == left


def test_the_same_message_is_one_update_in_either_form() -> None:
    wrapped, bare = recorded()["text"], recorded()["text_bare"]
    assert update_id({"ok": True, "result": bare}) == update_id(bare)
    assert chat_of(wrapped) == chat_of(bare) == "0f1e2d3c4b5a69788796"


def test_what_belongs_to_no_chat_is_kept_all_the_same() -> None:
    raw = recorded()["unknown_event_bare"]
    assert (chat_of(raw), len(update_id(raw))) == (NO_CHAT, 64)
