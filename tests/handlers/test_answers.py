"""The buttons of a card: the unit's answers, the secretariat's decisions, nothing for those who only follow."""

from tests.chats import Council

TITLE = "Báo cáo sơ kết 6 tháng"


async def test_a_unit_answers_and_the_secretariat_decides(council: Council) -> None:
    await council.given(TITLE, ("VB",), "2022-06-14")
    tung, thu = council.chat("Tùng"), council.chat("Thu")
    await tung.says("nhiemvu 1")
    assert (await tung.seen())[-1].buttons == (
        "Đã tiếp nhận", "Đã gửi", "Hoàn thành", "Khó khăn, vướng mắc", "Đề nghị gia hạn", "Không thuộc nhiệm vụ đơn vị",
    )  # fmt: skip
    await tung.says("vuongmac 1")
    await tung.says("thiếu số liệu")
    await thu.presses("Xem UBND huyện Vụ Bản")
    assert (await thu.seen())[-1].buttons == ("Điều chỉnh",)
    await tung.says("xong 1")
    await thu.says("duyet")
    await thu.presses(f"1 báo cáo: {TITLE}")
    await thu.presses("UBND huyện Vụ Bản")
    assert (await thu.seen())[-1].buttons == ("Xác nhận hoàn thành", "Đề nghị bổ sung", "Xem tệp đính kèm")
