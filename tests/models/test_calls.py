"""Nobody is telephoned about what is taken back, corrected or withdrawn; about that itself he is."""

import pytest
from sqlalchemy import update

from models.addresses import Address, AddressState
from models.calls import undelivered
from models.people import Person
from models.preferences import prefer_telephone
from models.rules.text import Text, t
from tests.chats import Chat, Council
from tests.models.office import local

TITLE = "Báo cáo sơ kết 6 tháng"


@pytest.fixture
async def thu(council: Council) -> Chat:
    """An officer; the focal point of Vụ Bản can be reached at no address."""
    async with council.write() as session:
        gone = update(Address).where(Address.person_id == council.people["Tùng"])
        await session.execute(gone.values(state=AddressState.LEFT))
    await council.at("2022-06-09 09:00")
    return council.chat("Thu")


async def to_tell(council: Council) -> list[Text | str]:
    """Read what somebody is to be told by telephone."""
    async with council.read() as session:
        found = await undelivered(session, council.clock.now(), council.assistant.config.zone)
    return [matter for one in found for matter in one.matters]


async def test_a_notice_that_was_corrected_is_told_as_it_is_now(council: Council, thu: Chat) -> None:
    await thu.says("guithongbao VB, SYT: Họp lúc 8 giờ.")
    await thu.presses("Gửi", "Gửi ngay")
    await council.at("2022-06-09 09:05")
    assert await to_tell(council) == ["Họp lúc 8 giờ."]
    await thu.presses("Đính chính")
    await thu.says("Họp lúc 9 giờ.")
    await thu.presses("Gửi")
    await council.at("2022-06-09 09:15")
    first = {"time": local("2022-06-09 09:00"), "notice": "Họp lúc 8 giờ."}
    assert await to_tell(council) == [t("Correction of the notice of {time}, “{notice}”:", **first)]


async def test_a_task_that_was_withdrawn_from_one_unit_is_told_as_that_alone(council: Council, thu: Chat) -> None:
    await thu.says(f"giaoviec VB, SYT: {TITLE}; hạn 30/6")
    await thu.presses("Giao 1 nhiệm vụ")
    await council.at("2022-06-09 09:05")
    assert await to_tell(council) == [TITLE]
    await thu.says("rutviec 1 VB: Quyết định số 9")
    await thu.presses("Rút và báo 1 đơn vị")
    await council.at("2022-06-09 09:10")
    assert await to_tell(council) == [t("a reminder")]


async def test_who_is_told_by_telephone_stays_on_the_list_until_he_is_called(council: Council) -> None:
    async with council.write() as session:
        tung = await session.get_one(Person, council.people["Tùng"])
        tung.phone = "0912 000 001"
        await prefer_telephone(session, tung, council.clock.now())
    thu = council.chat("Thu")
    await council.at("2022-06-09 09:00")
    await thu.says("guithongbao VB: Họp lúc 8 giờ.")
    await thu.presses("Gửi", "Gửi ngay")
    await council.at("2022-06-20 09:00")
    assert await to_tell(council) == ["Họp lúc 8 giờ."]
    await thu.says("homnay")
    await thu.presses("Chưa gửi được, cần gọi điện (1)", "Đã gọi: Tùng", "Đã báo tin, không có nội dung ghi")
    assert await to_tell(council) == []
