"""Settings are seen and changed in chat, and only to what can be used."""

import pytest

from models.settings import council as settings_of
from tests.chats import Council

SEE_ALL = "đề nghị gửi “caidat” để xem tất cả."
DIGEST = "gửi tin tuần cho thành viên theo dõi vào sáng làm việc đầu tuần (có, không)"


async def test_a_setting_is_changed_and_told_to_the_other_officers(council: Council) -> None:
    thu = council.chat("Thu")
    assert "16. số ngày mã kết nối có hiệu lực: 30 (code_days)" in (await thu.says("cài đặt")).splitlines()
    answer = await thu.says("/caidat 16 14")
    changed = "số ngày mã kết nối có hiệu lực: trước là “30”, nay là “14”."
    assert answer == f"{changed}\nCó hiệu lực từ lúc này."
    async with council.read() as session:
        assert (await settings_of(session)).code_days == 14
    assert (await council.chat("Quang").seen())[-1].lines == ("Đ/c Thu đã thay đổi thiết lập.", changed)
    assert await told(council, "Thu") == []


async def told(council: Council, name: str) -> list[str]:
    return [line for seen in await council.chat(name).seen() for line in seen.lines if "đã thay đổi" in line]


async def test_the_number_alone_shows_the_present_value_and_how_to_change_it(council: Council) -> None:
    shown = "số ngày mã kết nối có hiệu lực: 30.\nĐể thay đổi, đề nghị gửi: /caidat 16 GIÁ TRỊ"
    assert await council.chat("Thu").says("caidat 16") == shown
    assert await council.chat("Thu").says("caidat code_days") == shown
    assert await council.chat("Thu").says("caidat 1") == (
        "tên Hội đồng: chưa đặt.\nĐể thay đổi, đề nghị gửi: /caidat 1 GIÁ TRỊ"
    )


async def test_only_a_title_of_the_secretariat_may_approve_notices(council: Council) -> None:
    thu = council.chat("Thu")
    assert await thu.says("caidat 15 Giám đốc Sở Y tế") == (
        "Không ai trong cơ quan thường trực giữ chức vụ “Giám đốc Sở Y tế”; hiện có: Chuyên viên Ban Thi đua - "
        "Khen thưởng, Trưởng Ban Thi đua - Khen thưởng."
    )
    async with council.read() as session:
        assert (await settings_of(session)).approver_title == ""
    changed = "chức vụ của người duyệt thông báo bắt đầu bằng: trước là “chưa đặt”, nay là “trưởng ban”."
    assert (await thu.says("caidat 15 trưởng ban")).splitlines()[0] == changed


async def test_a_setting_is_still_changed_by_the_name_that_the_operator_knows(council: Council) -> None:
    await council.chat("Thu").says("caidat code_days 14")
    async with council.read() as session:
        assert (await settings_of(session)).code_days == 14


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/caidat nothing 1", f"Không có thiết lập “nothing”; {SEE_ALL}"),
        ("/caidat 99 1", f"Không có thiết lập “99”; {SEE_ALL}"),
        ("/caidat 0 1", f"Không có thiết lập “0”; {SEE_ALL}"),
        ("/caidat 16 nhiều", "“số ngày mã kết nối có hiệu lực” là số từ 1 đến 1000."),
        ("/caidat code_days nhiều", "“số ngày mã kết nối có hiệu lực” là số từ 1 đến 1000."),
        ("/caidat 11 có thể", f"“{DIGEST}” trả lời bằng có hoặc không."),
        ("/caidat 4 sớm", "“giờ gửi tin buổi sáng” là giờ, ví dụ 07:30."),
        ("/caidat sample có", f"Không có thiết lập “sample”; {SEE_ALL}"),
    ],
)
async def test_what_cannot_be_used_is_refused_with_what_to_do(council: Council, said: str, answer: str) -> None:
    assert await council.chat("Thu").says(said) == answer


async def test_hours_that_cannot_be_read_change_nothing(council: Council) -> None:
    await council.chat("Thu").says("/caidat working_windows sáng chiều")
    async with council.read() as session:
        assert (await settings_of(session)).working_windows == "07:30-11:30,13:30-17:00"


async def test_a_focal_point_may_not_change_settings(council: Council) -> None:
    assert "cơ quan thường trực" in await council.chat("Lan").says("/caidat code_days 1")


async def test_values_are_shown_as_they_are_typed(council: Council) -> None:
    shown = (await council.chat("Thu").says("caidat")).splitlines()
    assert shown[:2] == [
        "Các thiết lập đang áp dụng; gửi /caidat SỐ GIÁ TRỊ để đổi:",
        "1. tên Hội đồng: chưa đặt (council_name)",
    ]
    assert shown[-8] == "23. “trước ngày D” là chậm nhất ngày D-1 (có, không): có (before_is_exclusive)"
