"""What every command is given when it is to be about Hải Hậu's matters: ids of rows, and words to go with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Address, Consent
from models.base import Base
from models.drafts import Draft
from models.enrolments import Enrolment, Round
from models.feedback import Feedback
from models.groupchats import GroupChat
from models.meetings import Invitation, Meeting, RollCall
from models.notices import Notice, NoticeUnit
from models.papers import Document
from models.pauses import Pause
from models.people import Group, Person, Unit
from models.ready_answers import ReadyAnswer
from models.tasks import Assignment, Extension, Report, Task
from models.urging import URGING, Urging
from tests.chats import Council
from tests.stories.everybody import BLOC, PHONE
from tests.stories.foreign import WORDS

_LATER = "2022-06-24"
# what a command may be told besides what it is about
_SAID: Final = {
    "reason": "Vì bão",
    "text": "Nội dung",
    "said": "Nội dung",
    "line": "HH: Việc khác; hạn 24/6",
    "period": "2022",
}
_DAYS: Final = {
    "until": "24/6",
    "deadline": "24/6",
    "day": "24/6",
    "first": "2022-06-16",
    "last": _LATER,
    "span": "16/6 - 24/6",
}


@dataclass(frozen=True, slots=True)
class Rows:
    """Finds rows of Hải Hậu's."""

    session: AsyncSession

    async def id(self, table: type[Base], *where: Any) -> int:
        """Give the id of the newest row that fulfils this."""
        return (await self.session.scalars(select(table.id).where(*where).order_by(table.id.desc()))).first() or 0

    async def task(self, word: str) -> dict[str, Any]:
        """Name a task, its assignment and its newest report."""
        task = await self.id(Task, Task.title == WORDS[word])
        assignment = await self.id(Assignment, Assignment.task_id == task)
        report = await self.id(Report, Report.assignment_id == assignment)
        about = {"task": task, "tasks": [task], "assignment": assignment, "assignments": [assignment]}
        return {**about, "report": report, "reports": [[assignment, report]]}

    async def draft(self, kind: str, text: str = "") -> dict[str, Any]:
        """Name the newest draft of a kind, as it stands."""
        drafts = await self.session.scalars(
            select(Draft).where(Draft.kind == kind, Draft.ended_at.is_(None)).order_by(Draft.id.desc())
        )
        found = next(draft for draft in drafts if text in {"", draft.data.get("text")})
        return {"draft": found.id, "version": found.version}


async def arguments(council: Council) -> Mapping[str, Mapping[str, Any]]:
    """Give what commands are given by how their names begin; the longer name adds to the shorter, "" is for all."""
    async with council.read() as session:
        rows = Rows(session)
        return {
            **await _of_everything(rows),
            **await _of_tasks(rows),
            **await _of_notices(rows),
            **await _of_meetings(rows),
            **await _of_people(rows),
        }


def given(named: Mapping[str, Mapping[str, Any]], command: str) -> dict[str, Any]:
    """Give one command's arguments."""
    found: dict[str, Any] = {}
    for part in sorted(named, key=len):
        if not part or command == part or command.startswith(f"{part}."):
            found.update(named[part])
    return {key: value for key, value in found.items() if value is not None}


async def _of_everything(rows: Rows) -> dict[str, dict[str, Any]]:
    unit = await rows.id(Unit, Unit.code == "HH")
    audience = {"parts": [["unit", "UBND huyện Hải Hậu", unit]]}
    return {
        "": {
            **await rows.task("task"),
            **_SAID,
            **_DAYS,
            "unit": unit,
            "units": [unit],
            "audience": audience,
            "whom": "HH",
            "list": "overdue",
            "page": 0,
            "by": "theo chỉ đạo",
            "seen": 1,
            "mark": "",
        },
        "homnay": {"list": "overdue"},
        "mauthu": {"step": "quarter"},
        "nhap": {
            **await rows.draft("import"),
            "asked": "deadline",
            "key": "0",
            "said": "24/6/2022",
        },
    }


async def _of_tasks(rows: Rows) -> dict[str, dict[str, Any]]:
    reported = await rows.task("another")
    noted = await rows.task("silent")
    extension = await rows.id(Extension, Extension.reason == WORDS["extension"])
    task = await rows.task("task")
    # answered since it was repeated back, so that what others are shown stays
    said = {"assignment": task["assignment"], "words": "đang làm", "seen": 1}
    more_time = {**said, "words": "xin gia hạn", "until": _LATER}
    arrived = {"line": "90/BC-HH ngày 08/6; đến 09/6", "whom": None, "places": [0], "ticked": False, "number": None}
    steps = {"step": "sent", "paper": "45/BC-HH ngày 08/6", "percent": "50", "route": "paper", "files": []}
    return {
        "duyet": {**reported, "extension": extension, "on": True},
        "sualai": reported,
        "nhieuviec": {"lines": [said]},
        "nhieuviec.lydo": {"lines": [more_time]},
        "nhiemvu.luuy": {"reports": [reported["report"]]},
        "baocao": steps,
        **dict.fromkeys(("nhan", "tiepnhan", "nhaclai"), await rows.task("conclusion")),
        "giahan": {**await rows.task("conclusion"), "until": "30/6"},
        **{key: {"extension": extension} for key in ("giahan.chapthuan", "giahan.khong")},
        "khongthuoc": {**await rows.task("disowned"), "whom": "CA"},
        "dondoc": {**await rows.task("seat"), "urging": await rows.id(Urging), "late": True},
        "nhacviec": await rows.task("seat"),
        "ghinhan": {**await rows.draft("receipts"), **arrived},
        **{
            f"ghinhan.{name}": {"draft": None, "reports": [noted["report"]]} for name in ("giu", "rut", "sua", "sualai")
        },
        "vanban": {"document": await rows.id(Document, Document.number == WORDS["document"]), "number": 2},
        "giaoviec": {
            "tasks": [(await rows.task("typed"))["task"]],
            "typed": True,
            "past": "late",
            "units": "HH",
            "task": "Việc khác",
        },
        "tamdung": {"pause": await rows.id(Pause)},
        "tieptuc": {**await rows.task("suspended"), "period": None},
    }


async def _of_notices(rows: Rows) -> dict[str, dict[str, Any]]:
    notice = await rows.id(Notice, Notice.text == WORDS["notice"])
    row = await rows.id(NoticeUnit, NoticeUnit.notice_id == notice)
    by = {"matter": "notice", "id": notice, "title": WORDS["notice"], "is_silent": False, "answer": ""}
    silent = await rows.id(Notice, Notice.text == WORDS["received"])
    told = await rows.id(NoticeUnit, NoticeUnit.notice_id == silent)
    gone = {"key": f"{URGING}:notice:{silent}:1"}
    later = {"notice": await rows.id(Notice, Notice.text == WORDS["later"])}
    being = await rows.draft("notice", WORDS["notice draft"])
    asked = {"options": "Dự; Không dự", "when": "16h00 ngày 10/6", "field": "text", "start": 0}
    return {
        "thongbao": {"notice": notice, "row": row, "kind": "notice_unit", "id": row, "start": 0, "anew": True},
        **{key: {"notice": silent, "row": told, "text": "Đã nhận"} for key in ("thongbao.dondoc", "thongbao.ghi")},
        **dict.fromkeys(("thongbao.dondoc.rut", "cum.thongbao.dondoc.rut"), gone),
        **dict.fromkeys(("thongbao.rut", "thongbao.ngay"), later),
        "thongbao.tep": {"notice": await rows.id(Notice, Notice.text == WORDS["file"])},
        "thongbao.duyet": await rows.draft("notice", WORDS["submitted"]),
        "thongbao.gopy": await rows.draft("notice", WORDS["submitted"]),
        "thongbao.trinh": await rows.draft("notice", WORDS["submitted"]),
        "guithongbao": {**being, **asked, "kind": "text", "text": None},
        "guithongbao.theo": {"kind": "notice", "matter": notice, "by": by},
    }


async def _of_meetings(rows: Rows) -> dict[str, dict[str, Any]]:
    held = {"meeting": await rows.id(Meeting, Meeting.title == WORDS["meeting"])}
    coming = await rows.id(Meeting, Meeting.title == WORDS["coming"])
    unit = await rows.id(Unit, Unit.code == "HH")
    invited = await rows.id(Invitation, Invitation.meeting_id == coming, Invitation.unit_id == unit)
    absent = await rows.id(Invitation, Invitation.meeting_id == held["meeting"], Invitation.unit_id == unit)
    bloc = await rows.id(Group, Group.name == BLOC)
    called = {"meeting": await rows.id(Meeting, Meeting.title.startswith(WORDS["called"]))}
    change = {"field": "place", "now": "Hội trường C", "said": "Hội trường C", "when": "15h00 ngày 20/6"}
    answers = {"answer": "absent", "opinion": "Nhất trí", "name": "Trần Văn B", "title": "Phó Phòng", "row": invited}
    roll = {"list": await rows.id(RollCall), "invitations": [absent], "present": True}
    return {
        "hop": {
            "meeting": coming,
            "start": "2022-06-20T08:00:00+00:00",
            "kind": "invitation",
            "id": invited,
            "quarter": "2022-Q2",
            **change,
            **answers,
        },
        **dict.fromkeys(("hop.ketluan", "hop.bienban"), held),
        **dict.fromkeys(("hop.ykien.ds", "hop.ds", "hop.xuat", "hop.chuaxem"), held),
        "hop.ketluan.khac": await rows.draft("import"),
        "hop.ketluan.ghi": {"line": "HH: Việc khác; hạn 24/6"},
        "hop.dondoc": called,
        "hop.diemdanh": {**held, **roll},
        "taohop": {**await rows.draft("meeting"), "field": "place", "place": "Hội trường C"},
        "cum": {"group": bloc, **await rows.task("bloc"), "paper": "45/BC-CA ngày 08/6"},
        "cum.hop": {**called, **change, "start": "2022-06-21T08:00:00+00:00", "answer": "absent", "line": None},
        "cum.hop.gui": await rows.draft("group_meeting"),
    }


async def _of_people(rows: Rows) -> dict[str, dict[str, Any]]:
    person = await rows.id(Person, Person.name == "Hương")
    address = Address.person_id == person
    chat = (await rows.session.scalars(select(Address.chat_id).where(address))).one()
    enrolment = await rows.id(Enrolment)
    open_one = await rows.session.get_one(Enrolment, enrolment)
    waiting = {"feedback": await rows.id(Feedback, Feedback.text == WORDS["waiting"])}
    answered = {"feedback": await rows.id(Feedback, Feedback.text == WORDS["feedback"])}
    ready = {"ready": await rows.id(ReadyAnswer), "words": "mạng chậm"}
    consent = await rows.id(Consent, Consent.person_id == person)
    return {
        "batdau": {"code": "000000000000", "token": "x", "consent": consent, "chat": chat},
        "donvi": {"enrolment": enrolment, "people": [[enrolment, open_one.version]], "round": await rows.id(Round)},
        "donvi.khai": {"field": "name", "said": "Trần Thị Mai"},
        "capma": {"person": person, "chat": chat, "list": "never", "which": "fresh"},
        **{key: {"person": person, "chat": chat} for key in ("goidien", "kenh")},
        "goidien.ghi": {"said": "progress", "text": None},
        "kenh.goi": {"person": await rows.id(Person, Person.phone == PHONE)},
        "chuyenbot": {"count": 1},
        "nhomchat": {"group": await rows.id(Group, Group.name == BLOC), "chat": await rows.id(GroupChat)},
        "phanhoi": {**waiting, "ready": None},
        "traloisan": {**answered, **ready},
    }
