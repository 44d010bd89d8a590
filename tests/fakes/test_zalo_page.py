"""Zalo's page: telephones of people at each bot, what they are sent, and what the bots asked."""

import json
from typing import Any

from tests.fakes.conftest import AskingZalo, acts
from tests.fakes.test_files import jpeg
from tests.fakes.zalo import Person, World
from tests.fakes.zalo.showing import showing


def entry(world: World, name: str) -> dict[str, Any]:
    """Give what the page shows of one person at a bot, or of a group."""
    return next(each for each in showing(world)["people"] if each["id"] == name)


async def test_the_page_names_its_platform(asks: AskingZalo, zalo_world: World) -> None:
    async with asks.session.get(zalo_world.address) as answer:
        html = await answer.text()
    assert (html.count("<title>Zalo giả lập</title>"), html.count("{platform}"), html.count("Telegram")) == (1, 0, 0)


async def test_a_reader_acts_for_a_person_who_writes_first(asks: AskingZalo, zalo_world: World) -> None:
    await acts(asks, do="joins", text="Trần Văn Hùng")
    assert entry(zalo_world, "1.0")["standing"] == "open"
    await acts(asks, do="writes", person="1.0", text="481516")
    await acts(asks, do="sticker", person="1.0", text="")
    await acts(asks, do="voice", person="1.0", text="")
    await acts(asks, do="unsupported", person="1.0", text="")
    await acts(asks, do="sends", person="1.0", caption="Trang 1", file=("a.jpg", jpeg(400, 200), "image/jpeg"))
    await acts(asks, do="sends", person="1.0", caption="", file=("a.docx", b"abc", "application/msword"))
    await acts(asks, do="blocks", person="1.0")
    told = await acts(asks, do="writes", person="1.0", text="x")
    await acts(asks, do="unblocks", person="1.0")
    assert told == {"complaint": "Zalo không cho thực hiện việc này. Trần Văn Hùng has blocked the bot."}
    kinds = [update["event_name"].split(".")[1] for update in zalo_world.queued]
    assert kinds == ["text", "sticker", "voice", "unsupported", "image", "unsupported"]


async def test_a_person_has_a_chat_with_each_bot(asks: AskingZalo, mai: Person, zalo_world: World) -> None:
    zalo_world.another_bot("Bot Đôn Đốc 2")
    assert [(each["id"], each["aside"]) for each in showing(zalo_world)["people"]] == [("1.0", False), ("1.1", True)]
    await acts(asks, do="writes", person="1.1", text="xin chào")
    second = entry(zalo_world, "1.1")
    assert (second["name"], second["aside"]) == ("Hoàng Thị Mai · Bot Đôn Đốc 2", False)
    assert [message["html"] for message in second["messages"]] == ["xin chào"]
    assert [bot["name"] for bot in second["bots"]] == [
        "Bot Đôn Đốc (còn 3000 tin)",
        "Bot Đôn Đốc 2 (còn 3000 tin)",
    ]


async def test_the_page_shows_what_a_person_sees(asks: AskingZalo, mai: Person, zalo_world: World) -> None:
    await asks.well("sendMessage", chat_id=mai.id, text="1. Đã nhận\n<xem> https://example.org/a?b=1&c")
    mai.sends_photo(jpeg(400, 200), "Giấy mời")
    mai.sends_sticker()
    _, sent, photo, sticker = entry(zalo_world, "1.0")["messages"]
    link = '<a href="https://example.org/a?b=1&amp;c">https://example.org/a?b=1&amp;c</a>'
    assert sent["html"] == f"1. Đã nhận\n&lt;xem&gt; {link}"
    assert (sent["day"], sent["time"], sent["mine"]) == ("09/6/2022", "07:25", False)
    assert (photo["html"], photo["mine"], photo["files"][0]["width"]) == ("Giấy mời", True, 400)
    assert sticker["html"] == "(nhãn dán)"
    async with asks.session.get(f"{zalo_world.address}/page/file/1.0/{photo['id']}") as answer:
        assert (answer.content_type, await answer.read()) == ("image/jpeg", jpeg(400, 200))
    async with asks.session.get(f"{zalo_world.address}/page/file/1.0/{sent['id']}") as answer:
        assert answer.status == 404


async def test_a_reader_acts_in_a_group(asks: AskingZalo, mai: Person, zalo_world: World) -> None:
    zalo_world.group("Cụm thi đua số 1", with_bot=False)
    assert entry(zalo_world, "g0")["standing"] == "new"
    here = {"person": "g0", "member": "1.0"}
    await acts(asks, do="starts", text="", **here)
    await acts(asks, do="writes", text="chuyện riêng", **here)
    await acts(asks, do="mentions", text="trogiup", **here)
    await acts(asks, do="blocks", **here)
    shown = entry(zalo_world, "g0")
    assert (shown["standing"], shown["members"]) == ("left", [{"id": "1.0", "name": mai.name}])
    assert [(message["html"], message["unheard"]) for message in shown["messages"]] == [
        ("chuyện riêng", True),
        ("@Bot Đôn Đốc trogiup", False),
    ]
    assert [update["message"]["text"] for update in zalo_world.queued] == ["@Bot Đôn Đốc trogiup"]


async def test_a_reader_plants_troubles(asks: AskingZalo, mai: Person, zalo_world: World) -> None:
    for trial in showing(zalo_world)["trials"]:
        await acts(asks, do="trouble", trouble=trial["name"], text="sendMessage")
    assert showing(zalo_world)["troubles"] == 8


async def test_the_log_names_whom_it_meant_and_leaves_out_idle_polls(
    asks: AskingZalo, mai: Person, zalo_world: World
) -> None:
    await asks("getUpdates", timeout=0)
    mai.writes("xong")
    await asks.well("getUpdates")
    await asks.well("sendMessage", chat_id=mai.id, text="Đã ghi nhận.\nCảm ơn.")
    await asks.badly("sendMessage", chat_id="0" * 20, text="x")
    poll, good, bad = showing(zalo_world)["log"]
    assert (poll["method"], poll["summary"]) == ("getUpdates", "1 cập nhật")
    assert (good["person"], good["summary"], good["good"]) == ("Hoàng Thị Mai", "Đã ghi nhận.", True)
    assert (bad["status"], bad["summary"]) == (422, "You are not permitted to send messages to this chat_id")
    assert json.loads(good["asked"])["chat_id"] == mai.id


async def test_the_page_says_how_the_bots_are_connected(asks: AskingZalo, zalo_world: World) -> None:
    seen = [showing(zalo_world)["connection"]]
    await asks.well("getMe")
    seen.append(showing(zalo_world)["connection"])
    await asks.well("setWebhook", url="http://127.0.0.1:9/a", secret_token="bi-mat-dai")
    seen.append(showing(zalo_world)["connection"])
    assert seen == ["none", "seen", "webhook"]
    assert showing(zalo_world)["settings"] == [
        f"DONDOC_ZALO_TOKENS={zalo_world.token}",
        f"DONDOC_ZALO_API={zalo_world.address}",
    ]
