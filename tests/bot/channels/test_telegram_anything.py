"""Whatever Telegram may send: understood or set aside, stored, handled once; and nothing stops the rest."""

import pytest

from bot.channels.telegram.inbound import chat_of, heard, update_id
from handlers.kit import Heard
from tests.fakes.telegram.updates import recorded

EXPECTED = {
    "files": """album_first album_of_documents album_second animation_that_is_also_a_document document
        document_larger_than_a_bot_may_fetch document_with_a_picture_of_its_first_page document_without_name_and_kind
        photo""",
    "press": "press press_on_a_message_that_is_gone",
    "text": """forward_of_a_channel forward_of_a_hidden_person forward_of_a_person forward_of_the_bots_own_card reply
        reply_to_a_story reply_to_another_chat reply_with_quote sent_while_offline_and_protected start_with_code
        start_without_code text text_beyond_the_basic_plane text_formatted via_another_bot""",
    "group text": "message_in_a_topic message_in_the_general_topic start_in_a_group_with_code",
    "edited": "edited_message",
    "left": "blocked",
    "unsupported": "audio contact dice location message_with_content_of_the_future venue video video_note",
    "sticker": "sticker",
    "voice": "voice",
    "group invited": "added_to_a_group",
    "group left": "removed_from_a_group",
    "group moved": "group_became_supergroup",
    "group nothing": """anonymous_administrator channel_post_in_its_discussion_group command_for_another_bot
        group_created
        made_administrator member_left new_member_by_himself new_members_with_the_bot new_title pinned_message
        pinned_message_that_is_gone poll_in_a_message press_in_a_group press_of_a_game press_on_an_inline_message
        restricted_in_a_group supergroup_that_was_a_group text_that_mentions_somebody_without_a_name topic_created
        video_chat_started written_as_a_channel""",
}
_SORTS = {name: sort for sort, names in EXPECTED.items() for name in names.split()}


def sort_of(meant: Heard) -> str:
    """Name what an update was understood as."""
    sort = meant.event or ("press" if meant.press else "files" if meant.files_there else "text")
    return f"group {sort}" if meant.in_group else sort


@pytest.mark.parametrize("name", sorted(recorded()))
def test_what_was_recorded_is_understood(name: str) -> None:
    raw = recorded()[name]
    assert int(update_id(raw)) > 0
    assert int(chat_of(raw)) is not None
    assert sort_of(heard(raw, "dondoc1_bot")) == _SORTS.get(name, "nothing")


def test_a_link_brings_its_code() -> None:
    codes = [heard(raw).text for name, raw in recorded().items() if "code" in name]
    assert any(text.startswith("/start ") for text in codes)


@pytest.mark.parametrize("raw", [{}, {"update_id": "1"}, {"update_id": True}, {"update_id": None}])
def test_what_has_no_number_is_no_update(raw: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="number"):
        update_id(raw)
