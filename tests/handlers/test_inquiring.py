"""What a notice asks for is set in the preview, with its day, and shown exactly as the recipients will read it."""

from tests.chats import Chat, Council

TEXT = "Đề nghị đăng ký dự thi."


async def written(council: Council, whom: str = "SYT, STC, SCT") -> Chat:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says(f"guithongbao {whom}: {TEXT}")
    await thu.presses("Yêu cầu trả lời")
    return thu


async def test_options_and_their_day_are_typed_in_two_short_lines(council: Council) -> None:
    thu = await written(council)
    await thu.presses("Chọn một phương án")
    assert (await thu.says("Dự thi; Không dự thi")).startswith("Trả lời trước khi nào?")
    preview = (await thu.says("20/6")).splitlines()
    assert preview[-4:] == [
        TEXT,
        "Đề nghị chọn một phương án dưới đây.",
        "Đề nghị trả lời trước khi hết ngày 20/6/2022.",
        "Các phương án: Dự thi, Không dự thi.",
    ]
    await thu.presses("Gửi")
    await thu.presses("Gửi ngay")
    copy = (await council.chat("Minh").seen())[-1]
    assert copy.buttons == ("Dự thi", "Không dự thi")


async def test_nothing_asked_for_closes_at_once_and_counts_nobody_as_silent(council: Council) -> None:
    thu = await written(council)
    preview = (await thu.presses("Không yêu cầu trả lời")).splitlines()
    assert preview[-1] == TEXT
    await thu.presses("Gửi")
    await thu.presses("Gửi ngay")
    assert (await council.chat("Minh").seen())[-1].buttons == ()
    card = [seen for seen in await thu.seen() if seen.lines[0].startswith("Thông báo lúc")][-1]
    assert card.lines[1:] == (
        "Phải gửi 3 người: đã gửi 0, chờ gửi 3, không gửi được 0.",
        "Không yêu cầu trả lời.",
    )
    assert set(card.buttons) <= {"Rút lại phần chưa gửi", "Đính chính"}


async def test_what_cannot_be_an_answer_or_a_day_is_refused_with_what_to_write(council: Council) -> None:
    thu = await written(council)
    await thu.presses("Chọn một phương án")
    assert (await thu.says("Dự thi")).startswith("Đề nghị ghi từ 2 đến 10 phương án khác nhau")
    await thu.says("A; B")
    assert await thu.says("sớm") == "“sớm” chưa rõ ngày; đề nghị ghi như 20/6 hoặc 16h00 ngày 20/6."
    assert "Đề nghị chọn một phương án dưới đây." in await thu.presses("Không đặt hạn")


async def test_once_a_person_asks_each_focal_point_by_himself(council: Council) -> None:
    thu = await written(council)
    await thu.presses("Một số liệu")
    await thu.says("20/6")
    await thu.presses("Yêu cầu trả lời")
    assert "Mỗi người trả lời riêng." in await thu.presses("Mỗi người trả lời một lần")
    await thu.presses("Gửi")
    await thu.presses("Gửi ngay")
    lan, hoa = council.chat("Lan"), council.chat("Hoa")
    await lan.presses("Trả lời")
    await lan.says("3")
    assert (await hoa.seen())[-1].buttons == ("Trả lời",)
    card = [seen for seen in await thu.seen() if seen.lines[0].startswith("Thông báo lúc")][-1]
    assert card.lines[3:5] == ("Đã trả lời: 1/4 người; chưa trả lời: 3.", "Tổng: 3 (1 trả lời).")
    assert "Sở Y tế: Hoa" in await thu.presses("Chưa trả lời (3)")
