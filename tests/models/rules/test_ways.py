"""The ways in that a code opens."""

from models.rules.ways import ways_in

CODE = "123456789012"


def test_a_browser_is_always_a_way_in_and_sends_the_code_to_nobody() -> None:
    (way,) = ways_in("https://dondoc.example.vn", CODE)
    assert (way.address, way.typed) == (
        "https://dondoc.example.vn/signin#123456789012",
        "https://dondoc.example.vn/signin",
    )


def test_telegram_is_one_where_its_bot_is_known() -> None:
    assert [way.address for way in ways_in("https://dondoc.example.vn", CODE, "dondoc_bot")][1:] == [
        "https://t.me/dondoc_bot?start=123456789012"
    ]
