"""What units read of a decision: one message each, also where one person answers for two units."""

from datetime import date

from sqlalchemy import select

from models.people import Post, Unit
from models.rules.permission import Role
from tests.chats import Council

TITLE = "Báo cáo sơ kết 6 tháng"


async def test_one_person_for_two_units_reads_one_message_that_names_both(council: Council) -> None:
    await council.given(TITLE, ("VB", "YY"), "2022-06-14")
    async with council.write() as session:
        unit = (await session.execute(select(Unit.id).where(Unit.code == "YY"))).scalar_one()
        session.add(
            Post(
                person_id=council.people["Tùng"],
                unit_id=unit,
                role=Role.FOCAL_POINT,
                title="Chuyên viên",
                valid_from=date(2022, 1, 1),
            )
        )
    thu, tung = council.chat("Thu"), council.chat("Tùng")
    await thu.says("doihan 1")
    await thu.presses("Tất cả 2 đơn vị")
    await thu.says("20/6")
    await thu.says("CV 5")
    before = len(await tung.seen())
    await thu.presses("Điều chỉnh và báo 2 đơn vị")
    told = (await tung.seen())[-1]
    moved = "Thời hạn được điều chỉnh từ ngày 14/6/2022 sang ngày 20/6/2022, theo CV 5."
    assert told.lines == (
        "Có quyết định về 2 nhiệm vụ của đồng chí:",
        f"1. {TITLE} (UBND huyện Vụ Bản). {moved}",
        f"1. {TITLE} (UBND huyện Ý Yên). {moved}",
    )
    assert told.buttons[0] == "Đã tiếp nhận tất cả"
    assert len(await tung.seen()) == before + 1


async def test_colleagues_read_it_too_and_their_older_cards_change(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan, hoa, thu = (council.chat(name) for name in ("Lan", "Hoa", "Thu"))
    await lan.says("nhiemvu 1")
    await thu.says("/rutviec 1: trùng nhiệm vụ")
    await thu.presses("Rút và báo 1 đơn vị")
    sentence = "Rút nhiệm vụ (lý do: trùng nhiệm vụ); đơn vị không phải báo cáo."
    assert [(await chat.seen())[-1].lines[2] for chat in (lan, hoa)] == [sentence, sentence]
    card = next(message for message in await lan.seen() if not message.mine)
    assert (card.buttons, card.result) == ((), "Nhiệm vụ đã kết thúc: hủy.")
