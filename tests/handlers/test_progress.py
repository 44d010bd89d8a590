from sqlalchemy import select, update

from models.addresses import Address, AddressState
from models.people import Person
from models.tasks import Assignment
from tests.chats import Chat, Council
from tests.handlers.test_ticking import many

TITLE = "Báo cáo sơ kết 6 tháng"


async def given(council: Council) -> Chat:
    await council.given(TITLE, ("SYT", "STC", "VB"), "2022-06-14", phrase="trước ngày 15/6/2022")
    await council.at("2022-06-09 07:40")
    return council.chat("Thu")


async def acknowledged(council: Council, name: str) -> None:
    chat = council.chat(name)
    await chat.says("nhiemvu 1")
    await chat.presses("Đã tiếp nhận")


async def test_the_card_of_a_task_counts_live(council: Council) -> None:
    thu = await given(council)
    assert await thu.says("tiendo") == f"Số nhiệm vụ đã giao: 1.\n1. {TITLE}: 0/3 đã báo cáo, 0 quá hạn"
    assert await thu.says("tiendo 1") == (
        f"{TITLE}\n"
        "Thời hạn: trước ngày 15/6/2022.\n"
        "Đã giao: 3; đã tiếp nhận: 0; đã báo cáo hoàn thành: 0; đã xác nhận: 0.\n"
        "Chưa trả lời: 3; quá hạn: 0."
    )
    await acknowledged(council, "Lan")
    card = (await thu.seen())[-1]
    assert card.lines[2] == "Đã giao: 3; đã tiếp nhận: 1; đã báo cáo hoàn thành: 0; đã xác nhận: 0."
    assert card.lines[3] == "Chưa trả lời: 2; quá hạn: 0."


async def test_urging_reaches_only_who_has_not_reported_and_once_a_day(council: Council) -> None:
    thu = await given(council)
    lan = council.chat("Lan")
    await lan.says("xong 1")
    before = len(await council.chat("Hoa").seen())
    await thu.says("tiendo 1")
    preview = await thu.presses("Đôn đốc 2 đơn vị chưa báo cáo")
    assert "Sở Tài chính: Minh" in preview
    assert "Sở Y tế" not in preview
    assert (await thu.presses("Gửi đôn đốc")).startswith("Đôn đốc 2 đơn vị: Sở Tài chính, UBND huyện Vụ Bản;")
    await council.at("2022-06-09 07:42")
    urged = (await council.chat("Minh").seen())[-1]
    assert urged.lines[0].startswith("Hạn 14/6: Báo cáo sơ kết")
    assert urged.lines[1] == "Cơ quan thường trực chưa nhận được báo cáo; đề nghị báo cáo tiến độ thực hiện."
    assert "Đã tiếp nhận" in urged.buttons
    assert len(await council.chat("Hoa").seen()) == before
    assert (await thu.presses("Đôn đốc 2 đơn vị chưa báo cáo")).startswith("Không còn đơn vị nào cần đôn đốc hôm nay")


async def test_an_urging_waits_for_office_hours_and_not_for_who_answers_meanwhile(council: Council) -> None:
    thu = await given(council)
    await council.at("2022-06-09 18:00")
    await thu.says("tiendo 1")
    await thu.presses("Đôn đốc 3 đơn vị chưa báo cáo")
    await thu.presses("Gửi đôn đốc")
    minh = council.chat("Minh")
    assert await minh.seen() == []
    await minh.says("xong 1")
    said = len(await minh.seen())
    await council.at("2022-06-10 07:31")
    assert len(await minh.seen()) == said
    assert (await council.chat("Tùng").seen())[-1].lines[0].startswith("Hạn 14/6")


async def test_whom_no_chat_reaches_is_to_be_telephoned(council: Council) -> None:
    async with council.write() as session:
        tung = council.people["Tùng"]
        await session.execute(update(Person).where(Person.id == tung).values(phone="0912 000 001"))
        await session.execute(update(Address).where(Address.person_id == tung).values(state=AddressState.UNREACHABLE))
    thu = await given(council)
    await thu.says("tiendo 1")
    preview = (await thu.presses("Đôn đốc 3 đơn vị chưa báo cáo")).splitlines()
    assert preview[0] == "2 đơn vị chưa báo cáo và chưa được đôn đốc hôm nay:"
    assert preview[-1] == "UBND huyện Vụ Bản: Tùng (chưa liên lạc được qua trợ lý, điện thoại 0912 000 001)"


async def test_a_tasks_units_are_listed_with_where_each_stands(council: Council) -> None:
    thu = await given(council)
    await council.chat("Lan").says("xong 1")
    await council.at("2022-06-15 08:00")
    await thu.says("tiendo 1")
    lines = (await thu.presses("Danh sách đơn vị (3)")).splitlines()
    assert lines[0] == "Danh sách đơn vị (3)"
    assert lines[1].startswith("Sở Tài chính: ")
    assert lines[1].endswith(", quá hạn từ 14/6/2022")
    assert "Sở Y tế: chờ xác nhận, trả lời gần nhất lúc" in lines[2]


async def test_a_number_that_is_no_task_is_refused(council: Council) -> None:
    thu = council.chat("Thu")
    assert await thu.says("tiendo") == "Chưa giao nhiệm vụ nào."
    assert await thu.says("tiendo 7") == "Không có nhiệm vụ số 7; gửi “tiendo” để xem danh sách."


async def test_a_focal_point_urges_nobody(council: Council) -> None:
    await given(council)
    async with council.read() as session:
        assignments = list(await session.scalars(select(Assignment.id)))
    lan = council.chat("Lan")
    answer = await lan.hears({"call": {"command": "dondoc.gui", "args": {"assignments": assignments}}})
    assert answer.startswith("Việc này do")
    assert await council.chat("Minh").seen() == []


async def test_the_units_of_a_task_are_turned_over_to_the_last_one(council: Council) -> None:
    await many(council, 42)
    thu = council.chat("Thu")
    await thu.says("tiendo 1")
    assert (await thu.presses("Danh sách đơn vị (42)")).splitlines()[-1] == "và 2 mục khác."
    assert await thu.presses("Xem tiếp") == (
        "Danh sách đơn vị (42)\nXã X40: chưa thực hiện, chưa trả lời\nXã X41: chưa thực hiện, chưa trả lời"
    )


async def test_every_task_given_is_reached_page_by_page(council: Council) -> None:
    for number in range(1, 10):
        await council.given(f"Kế hoạch {number}", ("SYT",), "2022-06-20")
    thu = council.chat("Thu")
    assert (await thu.says("tiendo")).splitlines()[-1] == "và 1 mục khác."
    assert (await thu.presses("Xem tiếp")).splitlines()[1:] == ["9. Kế hoạch 9: 0/1 đã báo cáo, 0 quá hạn"]
