"""The ways in that a code opens."""

from models.rules.ways import ways_in

CODE = "123456789012"


def test_a_browser_is_always_a_way_in_and_sends_the_code_to_nobody() -> None:
    (way,) = ways_in("https://dondoc.example.vn", CODE, {})
    assert (way.address, way.typed) == (
        "https://dondoc.example.vn/signin#123456789012",
        "https://dondoc.example.vn/signin",
    )


def test_a_messenger_is_one_where_its_bot_is_known() -> None:
    link = f"https://t.me/dondoc_bot?start={CODE}"
    _, way = ways_in("https://dondoc.example.vn", CODE, {"telegram": link})
    assert (way.label.id, way.address, way.typed) == ("By Telegram", link, "t.me/dondoc_bot")
