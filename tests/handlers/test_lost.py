"""A lost telephone: two taps end its chats, its browser, its links and what waits for it; a new code is shown."""

import re

from sqlalchemy import select

from models.addresses import Address, AddressState, JoinCode
from models.audit import AuditEntry
from tests.chats import Council
from tests.handlers.enrolling import known

CODE = re.compile(r"\d{4} \d{4} \d{4}")


async def states(council: Council, name: str) -> list[str]:
    async with council.read() as session:
        rows = await session.scalars(
            select(Address.state).where(Address.person_id == council.people[name]).order_by(Address.preference)
        )
        return [str(state) for state in rows]


async def test_two_taps_end_the_chats_and_show_a_new_code(council: Council) -> None:
    thu, lan = council.chat("Thu"), council.chat("Lan")
    await lan.says("dangnhap")
    await thu.says("capma Lan")
    asked = await thu.presses("Mất điện thoại: Lan")
    assert asked.splitlines()[0] == "Đồng chí Lan đang dùng 1 kênh: trình duyệt từ ngày 01/01/2022."
    answer = await thu.presses("Kết thúc tất cả, cấp mã mới")
    assert answer.splitlines()[0] == "Đã kết thúc 1 kênh của đồng chí Lan lúc 07:25 ngày 09/6/2022."
    assert await states(council, "Lan") == [AddressState.LEFT]
    assert "12 chữ số" in await lan.says("nhiemvu")
    async with council.read() as session:
        links = await session.scalars(select(JoinCode.expires_at).where(JoinCode.kind == "link"))
        assert list(links) == [council.clock.now()]
        entry = (await session.scalars(select(AuditEntry).where(AuditEntry.command == "lost_phone"))).one()
        assert (entry.person_id, entry.subject_id) == (council.people["Thu"], council.people["Lan"])
    assert (await council.chat("Quang").seen())[-1].lines == (
        "Đ/c Thu đã kết thúc 1 kênh của đồng chí Lan do mất điện thoại và đã cấp mã mới.",
    )
    new = council.chat("máy mới")
    assert (await new.says(CODE.findall(answer)[0])).startswith("Kênh này hiện phục vụ đồng chí Lan")


async def test_of_several_chats_one_is_ended(council: Council) -> None:
    await council.chat("máy bảng").says(await known(council, "Lan"))
    thu = council.chat("Thu")
    await thu.says("capma Lan")
    await thu.presses("Mất điện thoại: Lan")
    await thu.presses("Chỉ kết thúc: trình duyệt từ ngày 01/01/2022")
    assert await states(council, "Lan") == [AddressState.LEFT, AddressState.ACTIVE]
    assert "nhiệm vụ" in (await council.chat("máy bảng").says("nhiemvu")).lower()


async def test_a_second_tap_changes_nothing_more(council: Council) -> None:
    thu = council.chat("Thu")
    await thu.says("capma Lan")
    await thu.presses("Mất điện thoại: Lan")
    await thu.presses("Kết thúc tất cả, cấp mã mới")
    assert (await thu.presses("Kết thúc tất cả, cấp mã mới")).startswith("Không còn kênh nào khác")


async def test_it_may_be_left_as_it_is(council: Council) -> None:
    thu = council.chat("Thu")
    await thu.says("capma Lan")
    await thu.presses("Mất điện thoại: Lan")
    assert (await thu.presses("Giữ nguyên")).startswith("Không có gì thay đổi")
    assert await states(council, "Lan") == [AddressState.ACTIVE]


async def test_what_waits_goes_to_the_next_chat(council: Council) -> None:
    await council.chat("máy bảng").says(await known(council, "Lan"))
    await council.at("2022-06-09 12:00")
    thu = council.chat("Thu")
    await thu.says("guithongbao SYT: Đề nghị gửi danh sách.")
    await thu.presses("Gửi")
    await thu.says("capma Lan")
    await thu.presses("Mất điện thoại: Lan")
    await thu.presses("Chỉ kết thúc: trình duyệt từ ngày 01/01/2022")
    await council.at("2022-06-09 13:35")
    assert [one for one in await council.chat("máy bảng").seen() if "Đề nghị gửi danh sách." in one.lines] != []


async def test_only_officers_end_the_chats_of_others(council: Council) -> None:
    call: dict[str, object] = {"call": {"command": "capma.mat.co", "args": {"person": council.people["Hoa"]}}}
    assert "cơ quan thường trực" in await council.chat("Lan").hears(call)
    assert await states(council, "Hoa") == [AddressState.ACTIVE]


async def test_of_what_waited_for_the_lost_telephone_officers_are_told(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    quang = council.chat("Quang")
    await quang.says("guithongbao STC: Đề nghị gửi danh sách.")
    await quang.presses("Gửi")
    thu = council.chat("Thu")
    await thu.says("capma Minh")
    await thu.presses("Mất điện thoại: Minh")
    await thu.presses("Kết thúc tất cả, cấp mã mới")
    await council.at("2022-06-09 07:41")
    assert (await quang.seen())[-1].lines == (
        "Không gửi được đến 1 người; đề nghị gọi điện:",
        "Sở Tài chính, đ/c Minh, chưa có số điện thoại: điện thoại đã được báo mất; chưa nhận: Đề nghị gửi danh sách.",
    )
