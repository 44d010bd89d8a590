"""A unit gets the documents of its own tasks again, and no other's."""

from datetime import UTC, date, datetime

from models.papers import Document, StoredFile
from models.tasks import Assignment, Task
from tests.chats import Council


async def under(council: Council, assignment: int, number: str) -> int:
    """Let a task stand in a document with a file; give the document's id."""
    at = datetime(2022, 3, 7, tzinfo=UTC)
    async with council.write() as session:
        file = StoredFile(sha256="0" * 64, name=f"{number[:2]}.docx", media="application/msword", size=1, kept_at=at)
        session.add(file)
        await session.flush()
        document = Document(
            number=number, dated=date(2022, 3, 7), kind="KH", subject="Công tác năm", imported_at=at, file_id=file.id
        )
        session.add(document)
        await session.flush()
        task = await session.get_one(Task, (await session.get_one(Assignment, assignment)).task_id)
        task.document_id = document.id
        return document.id


async def test_the_only_document_is_handed_out_at_once(council: Council) -> None:
    made = await council.given("Báo cáo sơ kết", ("SYT",), "2022-06-14")
    await under(council, made["SYT"], "02/KH-HĐTĐKT")
    lan = council.chat("Lan")
    assert await lan.says("vanban") == "Kế hoạch số 02/KH-HĐTĐKT ngày 07/3/2022: Công tác năm"
    assert [file["name"] for file in (await lan.entries())[-1].content["files"]] == ["02.docx"]


async def test_of_several_one_is_chosen_or_named_by_the_tasks_number(council: Council) -> None:
    first = await council.given("Báo cáo sơ kết", ("SYT",), "2022-06-14")
    second = await council.given("Kế hoạch kiểm tra", ("SYT",), "2022-06-20")
    await under(council, first["SYT"], "02/KH-HĐTĐKT")
    await under(council, second["SYT"], "03/KH-HĐTĐKT")
    lan = council.chat("Lan")
    assert (await lan.says("văn bản")).startswith("Văn bản của các nhiệm vụ: 2.")
    assert "03/KH-HĐTĐKT" in await lan.presses("Văn bản 03/KH-HĐTĐKT")
    assert "03/KH-HĐTĐKT" in await lan.says("vanban 2")
    assert (await lan.says("vanban 9")).startswith("Không lưu văn bản của nhiệm vụ số 9")


async def test_anothers_document_is_refused(council: Council) -> None:
    made = await council.given("Báo cáo sơ kết", ("STC",), "2022-06-14")
    document = await under(council, made["STC"], "02/KH-HĐTĐKT")
    lan = council.chat("Lan")
    assert (await lan.says("vanban")).startswith("Không lưu văn bản nào")
    answer = await lan.hears({"call": {"command": "vanban.tep", "args": {"document": document}}})
    assert answer.startswith("Văn bản này không thuộc nhiệm vụ")


async def test_more_documents_than_a_message_holds_are_turned_over(council: Council) -> None:
    for number in range(1, 10):
        made = await council.given(f"Kế hoạch {number}", ("SYT",), "2022-06-20")
        await under(council, made["SYT"], f"0{number}/KH-HĐTĐKT")
    lan = council.chat("Lan")
    assert (await lan.says("vanban")).splitlines()[-1] == "và 1 mục khác."
    await lan.presses("Xem tiếp")
    assert "09/KH-HĐTĐKT" in await lan.presses("Văn bản 09/KH-HĐTĐKT")
