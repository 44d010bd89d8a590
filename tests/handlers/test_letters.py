"""Letters that ask units to name their focal points: made for all or one, seen, ended, made anew."""

import re

from docx import Document
from sqlalchemy import select

from models.papers import StoredFile
from tests.chats import Council

CODE = re.compile(r"\d{4} \d{4} \d{4}")


async def sheets(council: Council) -> list[str]:
    """Read the text of every sheet that was made, oldest first."""
    async with council.read() as session:
        kept = list(await session.scalars(select(StoredFile).order_by(StoredFile.id)))
    texts = []
    for each in kept:
        with council.assistant.files.open(each.sha256) as file:
            texts.append("\n".join(line.text for line in Document(file).paragraphs))
    return texts


async def test_one_sheet_holds_a_letter_for_every_unit_without_a_focal_point(council: Council) -> None:
    thu = council.chat("Thu")
    assert (await thu.says("capma don vi")).splitlines() == [
        "Đơn vị chưa có đầu mối: 8.",
        "Chưa có thư còn hiệu lực: 8.",
    ]
    answer = await thu.presses("In thư cho 8 đơn vị")
    assert answer.splitlines()[0] == "8 thư, mỗi đơn vị một trang; mỗi mã dùng cho 3 người, đến hết ngày 09/7/2022."
    (text,) = await sheets(council)
    codes = CODE.findall(text)
    assert (len(codes), "Công an tỉnh" in text, "Sở Y tế" in text) == (8, True, False)
    assert "mã của Công an tỉnh" in await council.chat("máy lạ").says(codes[0])


async def test_letters_already_out_are_not_ended_unasked(council: Council) -> None:
    thu = council.chat("Thu")
    await thu.says("capma đơn vị CA")
    assert (await thu.says("capma donvi")).splitlines()[1:] == [
        "Chưa có thư còn hiệu lực: 7.",
        "Đã có thư còn hiệu lực: 1; 0 người đã dùng.",
    ]
    await thu.presses("In thư cho 7 đơn vị")
    assert (await thu.says("capma donvi")).splitlines()[1:] == ["Đã có thư còn hiệu lực: 8; 0 người đã dùng."]
    await thu.presses("In lại cho cả 8 đơn vị, mã cũ hết hiệu lực")
    first, _, third = [CODE.findall(text) for text in await sheets(council)]
    assert "đã được thay" in await council.chat("máy lạ").says(first[0])
    assert len(third) == 8


async def test_a_units_code_is_seen_with_its_use_then_ended_or_made_anew(council: Council) -> None:
    thu, phone = council.chat("Thu"), council.chat("máy lạ")
    answer = await thu.says("capma donvi Công an tỉnh")
    (code,) = CODE.findall(answer)
    assert answer.splitlines()[0] == f"Công an tỉnh: {code}, dùng cho 3 người, đến hết ngày 09/7/2022."
    await phone.says(code)
    await phone.presses("Đồng ý")
    await phone.says("Nguyễn Văn Dũng, cán bộ, 0912345678")
    assert await thu.says("capma donvi CA") == (
        "Công an tỉnh: mã cấp ngày 09/6/2022, đến hết ngày 09/7/2022; đã dùng 1/3 người."
    )
    await thu.presses("In thư mới, mã cũ hết hiệu lực")
    assert code not in str(await thu.seen())
    await thu.says("capma donvi CA")
    assert (await thu.presses("Kết thúc mã này")).startswith("Mã của Công an tỉnh đã hết hiệu lực")
    assert (await thu.presses("Kết thúc mã này")).startswith("Không còn mã nào của Công an tỉnh")


async def test_a_unit_that_nobody_answers_for_is_offered_its_letter(council: Council) -> None:
    thu = council.chat("Thu")
    assert (await thu.says("capma CA")).startswith("Công an tỉnh chưa có đầu mối")
    assert CODE.search(await thu.presses("Thư đề nghị đơn vị cử đầu mối"))
    assert "không phải đơn vị trong danh bạ" in await thu.says("capma donvi Sở Không Có")


async def test_letters_are_the_officers_matter(council: Council) -> None:
    assert "cơ quan thường trực" in await council.chat("Lan").says("capma donvi")
