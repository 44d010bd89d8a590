"""A council in which Hải Hậu has one matter of every kind, each with a word of its own that nobody else may read."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from sqlalchemy import select

from models.papers import Document, StoredFile
from models.people import Group
from models.tasks import Assignment, Party, Task, Whom
from tests.annexes import annex
from tests.annexes import task as row
from tests.chats import Council
from tests.handlers.enrolling import LINE, asks, code_of, gathered
from tests.stories.everybody import BLOC, CLUSTER, PHONE, SHARED, to_the_seat

WORDS: Mapping[str, str] = {
    "task": "Di dời kho muối",
    "document": "09/KH-MUOI",
    "document file": "ke-hoach-muoi.txt",
    "another": "Khảo sát đồng cói",
    "suspended": "Trồng phi lao chắn sóng",
    "disowned": "Kiểm đếm lồng bè",
    "reason": "việc của Chi cục Thủy sản",
    "silent": "Trồng rừng sú vẹt",
    "bloc": "Trực ban khu vực đảo",
    "progress": "đã xếp được tám bao",
    "obstacle": "kho bị ngập lụt",
    "extension": "chờ nước rút",
    "paper": "77/BC-MUOI",
    "report file": "danh-sach-diem-dan.txt",
    "shared": "cầu phao hỏng",
    "seat": "Giúp việc đồng chí Dũng",
    "notice": "Đề nghị góp ý đề án ngư trường",
    "answer": "Nhất trí với cảng Ninh Cơ",
    "answer file": "gop-y-ngu-truong.txt",
    "received": "Báo tin triều cường",
    "later": "Hẹn ngày thả giống",
    "file": "Gửi sơ đồ luồng lạch",
    "options": "Mời thi lặn biển",
    "option": "Lặn ở Thịnh Long",
    "meeting": "Họp bàn đê biển",
    "place": "Trạm bơm Cồn Xanh",
    "absence": "Bận tiếp đoàn Quất Lâm",
    "substitute": "Đặng Thị Sò",
    "opinion": "Đề nghị kè thêm một đoạn",
    "typed": "Khơi luồng cửa Lạch",
    "conclusion": "Gia cố cống Doanh Châu",
    "minutes": "bien-ban-de-bien.txt",
    "away": "Bận đi Cồn Lu",
    "coming": "Họp bàn mùa tôm",
    "group draft": "Họp nháp khối biên phòng",
    "called": "Họp riêng khối cảnh vệ",
    "feedback": "Mạng của huyện chập chờn",
    "answered": "Đã báo viễn thông xử lý",
    "waiting": "Xin cấp lại biểu cá kèo",
    "arrived": "88/BC-RUOC",
    "noting": "99/BC-CACH",
    "pause": "Bão số 9 đổ bộ Văn Lý",
    "enrolling": "Nguyễn Thị Lan",
    "telephone": "0912345678",
    "notice draft": "Mời tham quan ruộng rươi",
    "submitted": "Biểu dương đội tàu vỏ thép",
    "meeting draft": "Họp bàn cánh đồng lúa chịu mặn",
    "import": "Nạo vét kênh Múc",
    "phone": PHONE,
}  # fmt: skip


async def hai_hau_has_its_matters(council: Council, folder: Path) -> None:
    """Let Hải Hậu, with the bloc that it has no part in and a member of his own, have a matter of every kind.

    It is three in the afternoon of 09/6/2022 then.
    """
    await _tasks_are_given(council, folder)
    await council.at("2022-06-09 07:45")
    await _hai_hau_answers(council, folder)
    await _notices_are_answered(council, folder)
    await _meetings_are_called(council)
    await council.at("2022-06-09 14:00")
    await _the_meeting_was_held(council, folder)
    await _it_is_asked_and_answered(council)
    await _officers_note(council)
    await _officers_have_begun(council, folder)
    await council.at("2022-06-09 15:00")


async def _tasks_are_given(council: Council, folder: Path) -> None:
    """Hải Hậu has its own tasks, one of them with a document; its cluster leads one, the foreign bloc another."""
    watch = await council.given(WORDS["bloc"], ("CA", "SNV"), "2022-06-14")
    made = await council.given(WORDS["task"], ("HH",), "2022-06-08")
    for word in ("another", "suspended", "disowned"):
        await council.given(WORDS[word], ("HH",), "2022-06-13")
    await council.given(WORDS["silent"], ("HH",), "2022-06-08")
    await to_the_seat(council, WORDS["seat"], "Dũng")
    async with council.write() as session:
        groups = {name: id_ for id_, name in await session.execute(select(Group.id, Group.name))}
        shared = (await session.scalars(select(Task.id).where(Task.title == SHARED))).one()
        of_the_bloc = (await session.get_one(Assignment, watch["CA"])).task_id
        for name, task_id in ((CLUSTER, shared), (BLOC, of_the_bloc)):
            session.add(Party(task_id=task_id, leads=True, whom=Whom.GROUP, group_id=groups[name], written=""))
    await _its_task_has_a_document(council, made["HH"], folder)


async def _its_task_has_a_document(council: Council, assignment: int, folder: Path) -> None:
    path, now = written(folder, WORDS["document file"]), council.clock.now()
    kept = await council.assistant.files.keep(path, path.name, "text/plain")
    async with council.write() as session:
        file = StoredFile(sha256=kept.sha256, name=kept.name, media=kept.media, size=kept.size, kept_at=now)
        session.add(file)
        await session.flush()
        document = Document(number=WORDS["document"], dated=date(2022, 6, 1), imported_at=now, file_id=file.id)
        session.add(document)
        await session.flush()
        task = await session.get_one(Task, (await session.get_one(Assignment, assignment)).task_id)
        task.document_id = document.id


async def _hai_hau_answers(council: Council, folder: Path) -> None:
    huong = council.chat("Hương")
    await huong.says(f"vuongmac 1 {WORDS['shared']}")
    await huong.says(f"vuongmac 2 {WORDS['obstacle']}")
    await huong.says(f"giahan 2 đến 20/6 vì {WORDS['extension']}")
    await huong.says(f"không thuộc nhiệm vụ đơn vị: {WORDS['reason']}")
    await huong.presses(f"5. {WORDS['disowned']}")
    await huong.says(f"baocao 3 {WORDS['progress']}")
    await huong.says(f"xong 3 số {WORDS['paper']} ngày 08/6", written(folder, WORDS["report file"]))


async def _notices_are_answered(council: Council, folder: Path) -> None:
    thu, huong = council.chat("Thu"), council.chat("Hương")
    await thu.says(f"guithongbao HH: {WORDS['notice']}", written(folder, "de-an.txt"))
    await thu.presses("Yêu cầu trả lời", "Ý kiến bằng văn bản")
    await thu.says("17/6")
    await thu.presses("Gửi")
    await thu.says(f"guithongbao HH: {WORDS['received']}")
    await thu.presses("Gửi")
    await thu.says(f"guithongbao HH: {WORDS['later']}")
    await thu.presses("Hẹn giờ gửi")
    await thu.says("16h00 ngày 10/6")
    await thu.presses("Gửi")
    await thu.says(f"guithongbao HH: {WORDS['file']}")
    await thu.presses("Yêu cầu trả lời", "Một tệp", "Không đặt hạn", "Gửi")
    await thu.says(f"guithongbao HH, CA: {WORDS['options']}")
    await thu.presses("Yêu cầu trả lời", "Chọn một phương án")
    await thu.says(f"{WORDS['option']}; Không thi")
    await thu.says("17/6")
    await thu.presses("Gửi")
    await council.at("2022-06-09 07:50")
    await huong.presses(WORDS["option"], "Trả lời")
    await huong.says(WORDS["answer"])
    await huong.presses("Gửi tệp")
    await huong.says("", written(folder, WORDS["answer file"]))


async def _meetings_are_called(council: Council) -> None:
    thu, huong, nhan = council.chat("Thu"), council.chat("Hương"), council.chat("Nhân")
    await thu.says(f"taohop {WORDS['meeting']}; 10h00 ngày 09/6; {WORDS['place']}; HH, CA")
    await thu.presses("Gửi giấy mời")
    await huong.presses("Vắng mặt")
    await huong.says(WORDS["absence"])
    await huong.presses("Gửi ý kiến bằng văn bản")
    await huong.says(WORDS["opinion"])
    await nhan.presses("Cử người dự thay")
    await nhan.says(f"{WORDS['substitute']}, Phó Trưởng phòng")
    await thu.says(f"taohop {WORDS['coming']}; 14h00 ngày 20/6; {WORDS['place']}; HH")
    await thu.presses("Gửi giấy mời")
    await huong.presses("Vắng mặt")
    await huong.says(WORDS["away"])
    for word in ("called", "group draft"):
        await nhan.says("cum")
        await nhan.presses("Mời họp cụm, khối")
        await nhan.says(f"{WORDS[word]}; 14h00 ngày 21/6; {WORDS['place']}")
        if word == "called":
            await nhan.presses("Gửi giấy mời")


async def _the_meeting_was_held(council: Council, folder: Path) -> None:
    thu = council.chat("Thu")

    async def its_card() -> None:
        await thu.says("hop")
        await thu.presses("Xem mục 4")

    await its_card()
    await thu.presses("Điểm danh")
    await its_card()
    await thu.presses("Biên bản")
    await thu.says("", written(folder, WORDS["minutes"]))
    await its_card()
    await thu.presses("Kết luận")
    await thu.says(f"HH: {WORDS['conclusion']}; trước ngày 25/6")
    await thu.presses("Xem và giao 1 nhiệm vụ", "Giao 1 nhiệm vụ")
    await its_card()
    await thu.presses("Kết luận")
    await thu.says(f"HH: {WORDS['typed']}; trước ngày 25/6")


async def _it_is_asked_and_answered(council: Council) -> None:
    thu, huong = council.chat("Thu"), council.chat("Hương")
    await huong.says(f"phanhoi {WORDS['feedback']}")
    await thu.presses("Trả lời")
    await thu.says(WORDS["answered"])
    await thu.presses("Lưu làm câu trả lời sẵn")
    await huong.says(f"phanhoi {WORDS['waiting']}")
    await asks(council, "HH", LINE, "máy của Hải Hậu")
    await gathered(council)


async def _officers_note(council: Council) -> None:
    thu = council.chat("Thu")
    await thu.says("phutrach Quang: HH")
    await thu.says("/dungviec 7 HH: theo Công văn số 12/CV-UBND")
    await thu.presses("Tạm dừng và báo 1 đơn vị")
    await thu.says("dondoc")
    await thu.presses("Gửi đôn đốc")
    await thu.says(f"ghinhan 9: HH; {WORDS['arrived']} ngày 08/6; giấy; đến 09/6")
    await thu.presses("Ghi nhận 1 đơn vị")
    await thu.says("tamdung HH: đến 15/6; " + WORDS["pause"])
    await thu.presses("Tạm dừng nhắc 1 đơn vị")


async def _officers_have_begun(council: Council, folder: Path) -> None:
    """Quang has a notice submitted and one being written, a meeting, receipts and a document under review."""
    thu, quang = council.chat("Thu"), council.chat("Quang")
    await thu.says("/caidat approval_over 1")
    await quang.says(f"guithongbao HH, CA: {WORDS['submitted']}")
    await quang.presses("Trình duyệt")
    await thu.says("/caidat approval_over 100")
    await quang.says(f"taohop {WORDS['meeting draft']}; 14h00 ngày 22/6; {WORDS['place']}; HH")
    await quang.says(f"ghinhan 5: HH; {WORDS['noting']} ngày 08/6; giấy")
    await quang.says("nhap", annex(folder / "phu-luc.xlsx", row("1", WORDS["import"], "UBND huyện Hải Hậu", "Sớm")))
    await quang.says(f"guithongbao HH: {WORDS['notice draft']}")
    await code_of(council, "HH")


def written(folder: Path, name: str) -> Path:
    """Write a small file to be sent."""
    path = folder / name
    path.write_text(name)
    return path
