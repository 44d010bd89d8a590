"""What a bot sends arrives as it was sent; what Telegram would not take is refused in its words."""

from typing import Any

import pytest

from tests.fakes.conftest import Asking
from tests.fakes.telegram import Person, World

FACE = "\N{GRINNING FACE}"


def keys(*labels: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": f"d:{label}"}] for label in labels]}


async def test_a_text_arrives_with_its_formatting_and_buttons(ask: Asking, lan: Person) -> None:
    markup = " <b>Nhiệm vụ</b> 1 &lt; 2 "
    sent = await ask.well("sendMessage", chat_id=lan.id, text=markup, parse_mode="HTML", reply_markup=keys("Nhận"))
    [shown] = lan.seen()
    assert (sent["text"], sent["entities"]) == ("Nhiệm vụ 1 < 2", [{"offset": 0, "length": 8, "type": "bold"}])
    assert (shown.text, shown.html, shown.buttons) == (sent["text"], markup.strip(), (("Nhận",),))


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        ("<b>x", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("x<br>", 'can\'t parse entities: Unsupported start tag "br" at byte offset 1'),
        ("một < hai", 'can\'t parse entities: Unsupported start tag "" at byte offset 6'),
        ("<i>x</b>", 'can\'t parse entities: Unmatched end tag at byte offset 4, expected "</i>", found "</b>"'),
        ("x</b>", "can't parse entities: Unexpected end tag at byte offset 1"),
        ("x<b", "can't parse entities: Unclosed start tag at byte offset 1"),
        ("", "message text is empty"),
        (" \n ", "message text is empty"),
        ("<b></b>", "message text is empty"),
        ("x" * 4097, "message is too long"),
        (FACE * 2049, "message is too long"),
    ],
)
async def test_a_text_that_telegram_would_not_take_is_refused(
    ask: Asking, lan: Person, markup: str, complaint: str
) -> None:
    refused = await ask.badly("sendMessage", chat_id=lan.id, text=markup, parse_mode="HTML")
    assert refused == f"Bad Request: {complaint}"
    assert lan.seen() == []


async def test_markup_does_not_count_as_length(ask: Asking, lan: Person) -> None:
    sent = await ask.well("sendMessage", chat_id=lan.id, text="<b>&amp;</b>" * 4096, parse_mode="HTML")
    assert sent["text"] == "&" * 4096


async def test_a_person_who_never_pressed_start_cannot_be_written_to(ask: Asking, world: World) -> None:
    stranger = world.person("Trần Văn Hùng")
    assert await ask.badly("sendMessage", chat_id=stranger.id, text="x") == "Bad Request: chat not found"


async def test_who_blocked_the_bot_or_left_telegram_gets_nothing(ask: Asking, lan: Person) -> None:
    lan.blocks()
    assert await ask.badly("sendMessage", chat_id=lan.id, text="x") == "Forbidden: bot was blocked by the user"
    lan.unblocks()
    lan.deactivates()
    assert await ask.badly("sendMessage", chat_id=lan.id, text="x") == "Forbidden: user is deactivated"
    assert lan.seen() == []


async def test_a_document_is_sent_once_and_then_by_its_id(ask: Asking, lan: Person) -> None:
    file = ("Báo cáo quý I.docx", "Nội dung".encode())
    first = await ask.well(
        "sendDocument", chat_id=lan.id, caption="<b>Kèm</b>", parse_mode="HTML", files={"document": file}
    )
    again = await ask.well("sendDocument", chat_id=lan.id, document=first["document"]["file_id"])
    assert again["document"] == first["document"]
    assert [shown.files for shown in lan.seen()] == [("Báo cáo quý I.docx",)] * 2


async def test_an_album_is_several_messages_of_one_group(ask: Asking, lan: Person) -> None:
    media = [{"type": "document", "media": f"attach://{part}"} for part in ("a", "b")]
    files = {"a": ("a.pdf", b"x"), "b": ("b.pdf", b"y")}
    sent = await ask.well("sendMediaGroup", chat_id=lan.id, media=media, files=files)
    assert len({message["media_group_id"] for message in sent}) == 1
    assert [shown.files for shown in lan.seen()] == [("a.pdf",), ("b.pdf",)]
