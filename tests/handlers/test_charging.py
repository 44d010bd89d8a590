"""Each officer has his units: he sees them first, and what needs an officer comes to him alone."""

from pathlib import Path

from openpyxl import Workbook
from sqlalchemy import func, select, update

from models.charging import Charge
from models.people import Person, Unit
from tests.cast import UNITS
from tests.chats import Council
from tests.handlers.test_morning import pushed

CLUSTER = "Cụm thi đua các huyện, thành phố"
NOBODYS = "Công an tỉnh, Sở Công Thương, Sở Nội vụ, Sở Tài chính, Sở Thông tin và Truyền thông"


async def quang_has_the_cluster(council: Council) -> str:
    return await council.chat("Thu").says(f"phutrach Quang: {CLUSTER}; SYT")


async def test_an_officer_is_put_in_charge_in_one_line_and_the_rest_is_named(council: Council) -> None:
    assert (await quang_has_the_cluster(council)).splitlines() == [
        "Chuyên viên phụ trách:",
        f"Quang: {CLUSTER}, Sở Y tế",
        "Thu: chưa phân công",
        f"Chưa có chuyên viên phụ trách, mọi chuyên viên cùng nhận tin: {NOBODYS}.",
        "Để thay đổi: phutrach TÊN: CỤM, KHỐI; ĐƠN VỊ. Để thôi phụ trách: phutrach TÊN: thôi.",
    ]


async def test_an_officer_is_known_by_the_given_name_alone_whatever_note_stands_behind_it(council: Council) -> None:
    thu = council.chat("Thu")
    async with council.write() as session:
        await session.execute(update(Person).where(Person.name == "Quang").values(name="Lê Thị Mai (ví dụ)"))
    assert (await thu.says("phutrach Mai: SYT")).splitlines()[1] == "Lê Thị Mai (ví dụ): Sở Y tế"
    assert await thu.says("phutrach đ/c Lê Thị Mai: thôi") == (
        "Từ hôm nay Lê Thị Mai (ví dụ) không phụ trách đơn vị nào."
    )
    async with council.write() as session:
        await session.execute(update(Person).where(Person.name == "Thu").values(name="Trần Mai"))
    assert (await thu.says("phutrach Mai: SYT")).startswith("“Mai” chưa rõ là chuyên viên nào")


async def test_the_last_word_holds_and_can_be_ended(council: Council) -> None:
    thu = council.chat("Thu")
    await quang_has_the_cluster(council)
    await thu.says("phutrach Thu: SYT")
    assert (await thu.says("phụ trách")).splitlines()[1:3] == [f"Quang: {CLUSTER}", "Thu: Sở Y tế"]
    assert await thu.says("phutrach đ/c Quang: thôi") == "Từ hôm nay Quang không phụ trách đơn vị nào."
    assert (await thu.says("phutrach")).splitlines()[1] == "Quang: chưa phân công"


async def test_what_is_not_understood_changes_nothing_and_says_what_to_write(council: Council) -> None:
    thu = council.chat("Thu")
    assert (await thu.says("phutrach Hùng: SYT")).startswith(
        "“Hùng” chưa rõ là chuyên viên nào; đề nghị ghi một trong các tên: Quang, Thu."
    )
    assert "không phải đơn vị trong danh bạ" in await thu.says("phutrach Quang: Sở Không Có")
    assert (await thu.says("/phutrach Quang")).startswith("Đề nghị ghi tên chuyên viên và đơn vị phụ trách")
    assert (await council.chat("Lan").says("/phutrach Lan: SYT")).startswith("Việc này do")


async def test_what_needs_an_officer_comes_to_the_one_in_charge_alone(council: Council) -> None:
    await council.given("Báo cáo sơ kết", ("SYT", "STC"), "2022-06-14")
    await quang_has_the_cluster(council)
    await council.chat("Lan").says("vuongmac 1 Chờ số liệu")
    thu, quang = council.chat("Thu"), council.chat("Quang")
    before = len(await pushed(thu))
    assert (await pushed(quang))[-1].lines[0].startswith("Sở Y tế, “Báo cáo sơ kết”: khó khăn, vướng mắc")
    assert len(await pushed(thu)) == before
    await council.chat("Lan").says("giahan 1 đến 17/6 vì chờ số liệu")
    assert "Sở Y tế đề nghị gia hạn" in "\n".join((await pushed(quang))[-1].lines)
    assert len(await pushed(thu)) == before
    await council.chat("Minh").says("vuongmac 1 Chờ kinh phí")
    assert len(await pushed(thu)) == before + 1


async def test_an_officer_reads_his_own_units_first(council: Council) -> None:
    await council.given("Báo cáo sơ kết", ("SYT", "STC", "VB"), "2022-06-08")
    await council.at("2022-06-09 07:40")
    await council.chat("Thu").says("phutrach Thu: VB")
    thu = council.chat("Thu")
    assert "Trong đó do đồng chí phụ trách: quá hạn 1, đến hạn hôm nay 0" in await thu.says("homnay")
    lines = (await thu.presses("Quá hạn (3)")).splitlines()
    assert [line.split(":")[0] for line in lines[1:]] == ["UBND huyện Vụ Bản", "Sở Tài chính", "Sở Y tế"]
    await thu.says("tiendo 1")
    lines = (await thu.presses("Danh sách đơn vị (3)")).splitlines()
    assert lines[1].startswith("UBND huyện Vụ Bản: ")
    for name in ("Lan", "Tùng"):
        await council.chat(name).says("xong 1")
    await thu.says("duyet")
    await thu.presses("2 báo cáo: Báo cáo sơ kết")
    assert (await thu.seen())[-1].buttons[1:] == ("UBND huyện Vụ Bản", "Sở Y tế")


def directory(folder: Path, officers: dict[str, str], name: str) -> Path:
    """Write the directory of the cast's units with who is in charge of some of them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("Mã", "Tên cơ quan, đơn vị, địa phương", "Cụm, khối thi đua", "Chuyên viên phụ trách"))
    for code, unit, group, _ in UNITS:
        sheet.append((code, unit, group, officers.get(code, "")))
    path = folder / name
    book.save(path)
    return path


async def test_the_directory_puts_officers_in_charge_as_it_was_shown(council: Council, tmp_path: Path) -> None:
    thu = council.chat("Thu")
    await thu.says("phutrach Thu: STC")
    path = directory(tmp_path, {"SYT": "đ/c Quang", "VB": "QUANG", "STC": "Thu", "CA": "Hùng"}, "danh-ba.xlsx")
    preview = (await thu.says("nhap", path)).splitlines()
    of_health = "Khối thi đua các sở, ngành văn hóa - xã hội"
    assert f"SYT: Sở Y tế, {of_health}; chuyên viên phụ trách: Quang. (thay đổi)" in preview
    assert "CA: Công an tỉnh, Khối nội chính. (không đổi)" in preview
    assert "Chưa rõ là chuyên viên nào của cơ quan thường trực: Hùng; phân công sau bằng “phutrach”." in preview
    await thu.presses("Ghi vào hệ thống")
    assert (await thu.says("phutrach")).splitlines()[1:3] == ["Quang: Sở Y tế, UBND huyện Vụ Bản", "Thu: Sở Tài chính"]


async def test_the_same_directory_again_and_an_empty_cell_change_nobodys_charge(
    council: Council, tmp_path: Path
) -> None:
    thu = council.chat("Thu")
    await thu.says("nhap", directory(tmp_path, {"SYT": "Quang", "VB": "Quang"}, "lan-1.xlsx"))
    await thu.presses("Ghi vào hệ thống")
    await council.at("2022-06-10 08:00")
    again = await thu.says("nhap", directory(tmp_path, {"SYT": "Quang"}, "lan-2.xlsx"))
    assert "thay đổi)" not in again
    async with council.read() as session:
        assert await session.scalar(select(func.count()).select_from(Charge)) == 2
    assert (await thu.says("phutrach")).splitlines()[1] == "Quang: Sở Y tế, UBND huyện Vụ Bản"


async def test_who_was_put_in_charge_while_a_directory_was_under_review_stays(council: Council, tmp_path: Path) -> None:
    thu = council.chat("Thu")
    await thu.says("phutrach Thu: SYT")
    async with council.write() as session:
        await session.execute(update(Unit).where(Unit.code == "SYT").values(name="Sở Y tế cũ"))
    await thu.says("nhap", directory(tmp_path, {}, "danh-ba.xlsx"))
    await council.chat("Quang").says("phutrach Quang: SYT")
    await thu.presses("Ghi vào hệ thống")
    assert (await thu.says("phutrach")).splitlines()[1:3] == ["Quang: Sở Y tế", "Thu: chưa phân công"]
