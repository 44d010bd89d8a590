"""What a messenger lets people do that is no answer: said so, or passed over in silence."""

import pytest
from sqlalchemy import func, select

from models.tasks import Report
from tests.phones import Phone, TelegramCouncil

PLACE = {"latitude": 20.43, "longitude": 106.16}


@pytest.fixture
def lan(on_telegram: TelegramCouncil) -> Phone:
    return on_telegram.chat("Lan")


async def test_a_place_is_not_recorded_and_says_what_to_do(lan: Phone) -> None:
    lan.person.sends(location=PLACE)
    assert await lan.answer() == (
        "Kênh này chỉ tiếp nhận tin nhắn chữ, ảnh và tệp; nội dung vừa gửi chưa được ghi nhận. "
        "Đề nghị viết bằng chữ hoặc gửi văn bản dưới dạng tệp."
    )
    assert lan.person.seen()[-1].labels == ["Nhiệm vụ"]


async def test_a_message_changed_afterwards_reports_nothing_twice(on_telegram: TelegramCouncil, lan: Phone) -> None:
    await on_telegram.given("Báo cáo quý I", ("SYT",), "2022-06-13")
    sent = lan.person.writes("xong 1")
    await lan.answer()
    lan.person.edits(sent, "vướng mắc 1 chưa có số liệu")
    assert (await lan.answer()).startswith("Tin nhắn đã sửa không được đọc lại")
    async with on_telegram.read() as session:
        assert await session.scalar(select(func.count()).select_from(Report)) == 1


async def test_what_only_happens_is_not_answered(lan: Phone) -> None:
    lan.person.sends(pinned_message={"message_id": 1, "date": 0, "chat": {"id": lan.person.id, "type": "private"}})
    assert await lan.answer() == ""


async def test_a_stranger_who_only_sends_a_place_is_not_answered(on_telegram: TelegramCouncil) -> None:
    stranger = on_telegram.chat("Khách")
    stranger.person.starts()
    await on_telegram.settle()
    before = len(stranger.person.seen())
    stranger.person.sends(location=PLACE)
    await on_telegram.settle()
    assert len(stranger.person.seen()) == before == 1
