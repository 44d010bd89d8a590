"""What every channel does for the people on it, whatever it is able to: heard once, answered whole, never in doubt."""

import re
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

import pytest
from sqlalchemy import func, select

from bot.app import WEBCHAT, channels_of
from bot.config import Config
from bot.owing import settle
from documents.files import FileStore
from handlers.kit import Abilities, Call, Choice, ClockContext, Owed, Reply, t
from models.outbox import Parcel, ParcelState
from models.papers import StoredFile
from models.settings import council as settings_of
from models.tasks import Report
from tests.bot.channels.platforms import PLATFORMS
from tests.chats import Council, a_council
from tests.fakes.texts import units

TITLE = "Báo cáo sơ kết"
PICTURE = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
OPENED: dict[str, Callable[..., Any]] = {
    WEBCHAT: a_council,
    **{each.name: each.council for each in PLATFORMS},
    **{f"{each.name}-posted": partial(each.council, opened=each.posted) for each in PLATFORMS},
}
LONG = {
    "lines": "\n".join(f"{line}. Đề nghị thực hiện đúng thời hạn <A & B>." for line in range(180)),
    "one line": "Đề nghị các đơn vị rà soát. " * 300,
    "no spaces": "báocáo" * 1500,
    "pictures": "👩‍👩‍👧👍🏽" * 900,
    "accents apart": "e\u0323\u0302" * 3000,
}


@pytest.fixture(params=list(OPENED.values()), ids=list(OPENED))
async def council(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> AsyncIterator[Council]:
    async with request.param(database_url, tmp_path, "2022-06-09 08:00") as opened:
        yield opened


def abilities_of(council: Council) -> Abilities:
    return council.assistant.channels[council.CHANNEL].abilities


async def told(council: Council, name: str, reply: Reply) -> None:
    """Owe somebody a message, and let it arrive."""
    now, zone = council.clock.now(), council.assistant.config.zone
    async with council.write() as session:
        speaker = ClockContext(session, now, zone, await settings_of(session), slot=now, since=None)
        speaker.owe(Owed(council.people[name], "told", reply))
        await settle(session, speaker)
    await council.settle()


async def reports(council: Council) -> Sequence[str]:
    async with council.read() as session:
        return list(await session.scalars(select(Report.said)))


def letters(text: str) -> str:
    """Give a text without what may be left out where it is cut."""
    return re.sub(r"\s+", "", normalize("NFC", text))


def test_every_channel_of_the_app_passes_this_suite(tmp_path: Path) -> None:
    tokens = {name: "77:AAAAAAAAAAAAAAAA" for name in Config.model_fields if name.endswith(("_token", "_tokens"))}
    channels = channels_of(Config(_env_file=None, **tokens), FileStore(tmp_path))  # type: ignore[arg-type]
    assert {name for name, each in channels.items() if not each.abilities.instant} == {each.name for each in PLATFORMS}


async def test_what_is_written_is_answered_by_a_message_that_is_known(council: Council) -> None:
    assert (await council.chat("Lan").says("trogiup")).startswith("Có thể gõ")
    async with council.read() as session:
        (answer,) = await session.scalars(select(Parcel).where(Parcel.key.startswith("in:")))
    assert (answer.state, bool(answer.provider_id)) == (ParcelState.SENT, not abilities_of(council).instant)


async def test_what_comes_twice_is_heard_once(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    assert (await lan.says_twice("xong 1")).startswith("Đã ghi nhận số 1 lúc 08:00 ngày 09/6/2022")
    assert [seen.mine for seen in await lan.seen()].count(False) == 1
    assert await reports(council) == ["finished"]


@pytest.mark.parametrize("text", LONG.values(), ids=list(LONG))
async def test_a_long_message_arrives_whole_its_choices_under_the_last_of_its_pieces(
    council: Council, text: str
) -> None:
    await told(council, "Lan", Reply(text, choices=(Choice(t("Tasks"), Call("nhiemvu")),)))
    seen = await council.chat("Lan").seen()
    pieces = ["\n".join(each.lines) for each in seen]
    assert letters("".join(pieces)) == letters(text)
    assert [each.buttons for each in seen] == [()] * (len(seen) - 1) + [("Nhiệm vụ",)]
    assert not any(combining(piece[0]) for piece in pieces)
    assert max(map(units, pieces)) <= abilities_of(council).max_text
    assert "".join(pieces).encode()  # no half of a letter


async def test_a_choice_is_answered_by_what_the_channel_shows_and_an_old_one_says_what_now_is(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan, hoa = council.chat("Lan"), council.chat("Hoa")
    for colleague in (lan, hoa):
        await colleague.says("nhiemvu 1")
    late = await hoa.hold("Hoàn thành")
    assert (await lan.presses("Hoàn thành")).startswith("Đã ghi nhận số 1 lúc 08:00 ngày 09/6/2022")
    assert (await late()).startswith("Nội dung này đã thay đổi sau khi nút được hiển thị")
    assert await reports(council) == ["finished"]


async def test_what_is_shown_to_a_colleague_is_changed_only_where_it_can_be(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    hoa = council.chat("Hoa")
    await hoa.says("nhiemvu 1")
    (_, before) = await hoa.seen()
    await council.chat("Lan").says("xong 1")
    (_, after) = await hoa.seen()
    assert (after.lines != before.lines or after.result != before.result) is abilities_of(council).edit
    assert "Hoàn thành" not in after.buttons


async def test_a_file_arrives_or_is_a_link(council: Council) -> None:
    kept = await council.assistant.files.keep(PICTURE, "so-do.gif", "image/gif")
    async with council.write() as session:
        file = StoredFile(sha256=kept.sha256, name=kept.name, media=kept.media, size=kept.size)
        file.kept_at = council.clock.now()
        session.add(file)
        await session.flush()
        file_id = file.id
    await told(council, "Lan", Reply("Sơ đồ gửi kèm.", files=(file_id,)))
    (shown,) = await council.chat("Lan").seen()
    assert (shown.lines, shown.files) == (("Sơ đồ gửi kèm.",), ("so-do.gif",))


async def test_nothing_that_came_to_a_stranger_is_of_the_council(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    stranger = council.chat("người lạ")
    for words in ("nhiemvu", "xong 1", "donvi SYT"):
        await stranger.says(words)
    assert TITLE not in str(await stranger.seen())
    async with council.read() as session:
        assert await session.scalar(select(func.count()).select_from(Report)) == 0
