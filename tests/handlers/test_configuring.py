"""Settings are seen and changed in chat, and only to what can be used."""

import pytest

from models.settings import council as settings_of
from tests.chats import Council


async def test_a_setting_is_changed_and_told_to_the_other_officers(council: Council) -> None:
    thu = council.chat("Thu")
    assert "code_days = 30: số ngày mã kết nối có hiệu lực" in await thu.says("cài đặt")
    answer = await thu.says("/caidat code_days 14")
    assert answer.splitlines()[0] == "Đã đổi code_days từ “30” thành “14”."
    async with council.read() as session:
        assert (await settings_of(session)).code_days == 14
    assert (await council.chat("Quang").seen())[-1].lines == ("Thu: Đã đổi code_days từ “30” thành “14”.",)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/caidat nothing 1", "Không có thiết lập “nothing”"),
        ("/caidat code_days nhiều", "“code_days” là số từ 1 đến 1000."),
        ("/caidat before_is_exclusive có thể", "“before_is_exclusive” trả lời bằng có hoặc không."),
        ("/caidat council_name", "Đề nghị ghi giá trị sau “council_name”."),
        ("/caidat morning sớm", "“morning” là giờ, ví dụ 07:30."),
        ("/caidat sample có", "Không có thiết lập “sample”"),
    ],
)
async def test_what_cannot_be_used_is_refused_with_what_to_do(council: Council, said: str, answer: str) -> None:
    assert (await council.chat("Thu").says(said)).startswith(answer)


async def test_hours_that_cannot_be_read_change_nothing(council: Council) -> None:
    await council.chat("Thu").says("/caidat working_windows sáng chiều")
    async with council.read() as session:
        assert (await settings_of(session)).working_windows == "07:30-11:30,13:30-17:00"


async def test_a_focal_point_may_not_change_settings(council: Council) -> None:
    assert "cơ quan thường trực" in await council.chat("Lan").says("/caidat code_days 1")


async def test_values_are_shown_as_they_are_typed(council: Council) -> None:
    shown = (await council.chat("Thu").says("caidat")).splitlines()
    assert "before_is_exclusive = có: “trước ngày D” là chậm nhất ngày D-1 (có, không)" in shown
    assert "council_name = chưa đặt: tên Hội đồng" in shown
