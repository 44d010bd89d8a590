"""A sticker acknowledges the only task that waits for it, and never finishes anything."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from models.tasks import Report
from tests.phones import TelegramCouncil
from tests.zalo_phones import ZaloCouncil, ZaloPhone, a_zalo_council

TITLE, OTHER = "Báo cáo sơ kết", "Danh sách điển hình"
STICKER = {"file_id": "CAAC", "file_unique_id": "Ag", "type": "regular", "width": 9, "height": 9} | dict.fromkeys(
    ("is_animated", "is_video"), False
)
NOTHING = "Chưa ghi nhận nội dung nào từ nhãn dán; đề nghị viết bằng chữ."
WHICH = "Nhãn dán chỉ được hiểu là đã tiếp nhận nhiệm vụ.\nĐề nghị cho biết nội dung này thuộc nhiệm vụ nào."


@pytest.fixture
async def on_zalo(database_url: str, tmp_path: Path) -> AsyncIterator[ZaloCouncil]:
    async with a_zalo_council(database_url, tmp_path) as opened:
        yield opened


async def sticks(phone: ZaloPhone) -> str:
    phone.person.sends_sticker()
    return await phone.answer()


async def reported(council: ZaloCouncil | TelegramCouncil) -> list[str]:
    async with council.read() as session:
        return [str(said) for said in await session.scalars(select(Report.said).order_by(Report.id))]


async def test_the_only_task_that_waits_for_it_is_acknowledged(on_zalo: ZaloCouncil) -> None:
    await on_zalo.given(TITLE, ("SYT",), "2022-06-14")
    lan = on_zalo.chat("Lan")
    assert (await sticks(lan)).splitlines()[:2] == [
        f"Đã ghi nhận số 1 lúc 07:25 ngày 09/6/2022: {TITLE}.",
        "Đã tiếp nhận nhiệm vụ.",
    ]
    assert await sticks(lan) == NOTHING
    assert await reported(on_zalo) == ["acknowledged"]


async def test_of_several_it_is_asked_which(on_zalo: ZaloCouncil) -> None:
    for title in (TITLE, OTHER):
        await on_zalo.given(title, ("SYT",), "2022-06-14")
    lan = on_zalo.chat("Lan")
    assert await sticks(lan) == WHICH
    assert (await lan.presses(f"2. {OTHER}")).splitlines()[1] == "Đã tiếp nhận nhiệm vụ."
    assert await reported(on_zalo) == ["acknowledged"]


async def test_whoever_answers_for_nothing_records_nothing(on_zalo: ZaloCouncil) -> None:
    await on_zalo.given(TITLE, ("SYT",), "2022-06-14")
    assert await sticks(on_zalo.chat("Thu")) == NOTHING
    assert await reported(on_zalo) == []


async def test_on_telegram_likewise(on_telegram: TelegramCouncil) -> None:
    await on_telegram.given(TITLE, ("SYT",), "2022-06-14")
    lan = on_telegram.chat("Lan")
    lan.person.sends(sticker=STICKER)
    assert (await lan.answer()).splitlines()[1] == "Đã tiếp nhận nhiệm vụ."
    assert await reported(on_telegram) == ["acknowledged"]
