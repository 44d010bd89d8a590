"""An officer lets what comes in time with its paper be accepted at once, task by task."""

from tests.chats import Chat, Council


async def with_rule(council: Council) -> Chat:
    await council.given("Báo cáo sơ kết", ("SYT", "STC", "VB"), "2022-06-10")
    await council.at("2022-06-09 08:00")
    thu = council.chat("Thu")
    await thu.says("tiendo 1")
    assert (await thu.presses("Tự xác nhận báo cáo đúng hạn")).startswith("Từ nay báo cáo đúng hạn, có số văn bản")
    return thu


async def test_what_comes_in_time_with_its_paper_is_accepted_at_once(council: Council) -> None:
    thu = await with_rule(council)
    answer = await council.chat("Lan").says("đã gửi báo cáo số 45/BC-SYT ngày 09/6")
    assert answer.splitlines()[-1] == "Đã xác nhận hoàn thành: báo cáo đúng hạn, có văn bản kèm theo."
    await thu.says("tiendo 1")
    assert "đã xác nhận: 1" in "\n".join((await thu.seen())[-1].lines)
    assert (await thu.says("duyet")) == "Không có nội dung nào chờ quyết định."


async def test_what_is_late_or_without_its_paper_waits_for_an_officer(council: Council) -> None:
    thu = await with_rule(council)
    await council.chat("Lan").says("xong 1")
    await council.at("2022-06-13 08:00")
    await council.chat("Minh").says("đã gửi báo cáo số 12/BC-STC ngày 13/6")
    assert (await thu.says("duyet")).startswith("Chờ quyết định: 2 báo cáo hoàn thành")


async def test_the_rule_can_be_ended(council: Council) -> None:
    thu = await with_rule(council)
    assert (await thu.presses("Thôi tự xác nhận")).startswith("Từ nay mọi báo cáo về “Báo cáo sơ kết” chờ")
    await council.chat("Lan").says("đã gửi báo cáo số 45/BC-SYT ngày 09/6")
    assert (await thu.says("duyet")).startswith("Chờ quyết định: 1 báo cáo hoàn thành")


async def test_a_unit_sets_no_rule(council: Council) -> None:
    await with_rule(council)
    call = {"command": "duyet.quytac", "args": {"task": 1, "on": True}}
    assert (await council.chat("Lan").hears({"call": call})).startswith("Việc này do")
