"""Documents in the store: dated, known again, compared row by row, written together or not at all."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database, Turn
from documents.offering import known_now, offer, review_of
from models.entries import Review, Take
from models.importing import Carried, Source, carry_out
from models.papers import Document, Oversight, StoredFile
from models.people import Group, Membership, Person, Post, Unit
from models.questions import Asked, questions
from models.rules.text import Refusal
from models.settings import Council
from models.settling import answer
from models.tasks import Party, Task, Whom
from tests.annexes import NOTICE, annex, directory, task
from tests.timepiece import HandClock

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2022, 6, 9, 1, tzinfo=UTC)


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


@dataclass(slots=True)
class Archive:
    """A store into which a test takes documents, everything unknown answered in one way."""

    session: AsyncSession
    now: datetime = NOW

    async def review(self, path: Path) -> Review:
        source = replace(self.source, sha256=digest(path))
        return await review_of(self.session, offer(path, path.name), source, Council())

    async def take_in(self, path: Path, **said: str) -> Carried:
        """Take a document in; `said` answers by what is asked ("name", "deadline", …)."""
        review = await self.review(path)
        known = await known_now(self.session, self.source.today, Council())
        while still_open := questions(review):
            review = answer(review, still_open[0], said[still_open[0].asked], known)
        file = StoredFile(sha256=digest(path), name=path.name, media="", size=1, kept_at=self.now)
        self.session.add(file)
        await self.session.flush()
        done = await carry_out(self.session, review, replace(self.source, file_id=file.id))
        await self.session.flush()
        return done

    @property
    def source(self) -> Source:
        return Source(self.now, self.now.astimezone(ZONE).date())

    async def units(self) -> list[tuple[str, str]]:
        return [(code, name) for code, name in await self.session.execute(select(Unit.code, Unit.name))]

    async def count(self, table: type) -> int:
        return await self.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
async def archive(database_url: str) -> AsyncIterator[Archive]:
    database = Database(database_url, HandClock())
    async with database.write(Turn.IMPORT) as session:
        yield Archive(session)
    await database.close()


async def take_in_examples(archive: Archive) -> None:
    await archive.take_in(EXAMPLES / "danh-ba-vi-du.xlsx")
    await archive.take_in(EXAMPLES / "thong-bao-01-vi-du.docx", name="#group")
    await archive.take_in(EXAMPLES / "phu-luc-ke-hoach-vi-du.docx", name="#leave")


async def test_the_three_examples_fill_a_store(archive: Archive) -> None:
    await take_in_examples(archive)
    assert [await archive.count(table) for table in (Unit, Membership, Person, Task)] == [11, 11, 12, 8]
    everything = await archive.session.scalars(
        select(Post.title)
        .join(Oversight, Oversight.post_id == Post.id)
        .where(Oversight.unit_id.is_(None), Oversight.group_id.is_(None))
    )
    assert list(everything) == ["Chủ tịch UBND tỉnh"]
    notice = await archive.session.scalar(select(Document).where(Document.kind == "TB"))
    assert notice is not None
    assert (notice.number, notice.dated, notice.supersedes) == ("01/TB-HĐTĐKT", date(2022, 1, 19), "02/TB-HĐTĐKT")


async def test_a_seat_of_the_directory_is_the_seat_of_the_notice(archive: Archive) -> None:
    await take_in_examples(archive)
    seats = list(await archive.session.scalars(select(Post).where(Post.title == "Giám đốc Sở Tài chính")))
    assert [(seat.person_id is None, seat.council_title) for seat in seats] == [(False, "Ủy viên")]
    vacant = await archive.session.scalar(select(Post).where(Post.title == "Giám đốc Sở Y tế"))
    assert vacant is not None
    assert vacant.person_id is None


async def test_the_same_bytes_change_nothing_and_say_so(archive: Archive) -> None:
    await take_in_examples(archive)
    with pytest.raises(Refusal, match="already taken in"):
        await archive.review(EXAMPLES / "phu-luc-ke-hoach-vi-du.docx")
    again = await archive.review(EXAMPLES / "danh-ba-vi-du.xlsx")
    assert again.changes_nothing
    assert {row.take for row in again.rows} == {Take.SAME}


async def test_what_was_answered_is_not_asked_again(archive: Archive, tmp_path: Path) -> None:
    await archive.take_in(EXAMPLES / "danh-ba-vi-du.xlsx")
    rows = [task("1", "Báo cáo A", "Báo Nam Định", "theo quy định"), task("2", "Báo cáo B", "SYT", "15/6")]
    await archive.take_in(annex(tmp_path / "a.xlsx", *rows), name="SNV", deadline="30/6/2022")
    other = annex(tmp_path / "b.xlsx", *rows, task("3", "Báo cáo C", "STC", "20/6"))
    review = await archive.review(other)
    assert [row.take for row in review.rows] == [Take.SAME, Take.SAME, Take.NEW]
    assert questions(review) == ()


async def test_other_bytes_yield_a_difference_to_confirm_row_by_row(archive: Archive, tmp_path: Path) -> None:
    await archive.take_in(EXAMPLES / "danh-ba-vi-du.xlsx")
    rows = [task("1", "Báo cáo A", "SYT", "15/6"), task("2", "Báo cáo B", "STC", "16/6"), task("3", "C", "VB", "1/7")]
    await archive.take_in(annex(tmp_path / "a.xlsx", *rows))
    rows[0] = task("1", "Báo cáo A", "SYT", "25/6")
    rows[1] = task("2", "Báo cáo B sửa", "STC; SCT", "16/6")
    review = await archive.review(annex(tmp_path / "b.xlsx", *rows[:2]))
    assert [(row.entry.ref, row.take) for row in review.rows] == [
        ("1", Take.CHANGED),
        ("2", Take.CHANGED),
        ("3", Take.GONE),
    ]
    known = await known_now(archive.session, archive.source.today, Council())
    for said in ("#apply", "#keep", "#keep"):
        review = answer(review, questions(review)[0], said, known)
    assert await carry_out(archive.session, review, archive.source) == Carried(changed=1)
    found = (await archive.session.execute(select(Task.ref, Task.title, Task.reading).order_by(Task.ref))).all()
    assert [tuple(row) for row in found] == [
        ("1", "Báo cáo A", "2022-06-25"),
        ("2", "Báo cáo B", "2022-06-16"),
        ("3", "C", "2022-07-01"),
    ]


async def test_nothing_is_written_while_a_question_is_open(archive: Archive, tmp_path: Path) -> None:
    review = await archive.review(annex(tmp_path / "a.xlsx", task("1", "Báo cáo", "Sở Lạ", "theo quy định")))
    assert [question.asked for question in questions(review)] == [Asked.NAME, Asked.DEADLINE]
    with pytest.raises(Refusal, match="questions"):
        await carry_out(archive.session, review, archive.source)
    assert await archive.count(Task) == 0


async def test_a_document_taken_in_meanwhile_is_not_written_twice(archive: Archive, tmp_path: Path) -> None:
    await archive.take_in(EXAMPLES / "danh-ba-vi-du.xlsx")
    path = annex(tmp_path / "a.xlsx", task("1", "Báo cáo", "SYT", "15/6"))
    review = await archive.review(path)
    await archive.take_in(path)
    with pytest.raises(Refusal, match="meanwhile"):
        await carry_out(archive.session, review, archive.source)


async def test_a_name_nobody_knows_stays_as_the_document_writes_it(archive: Archive, tmp_path: Path) -> None:
    await archive.take_in(EXAMPLES / "danh-ba-vi-du.xlsx")
    row = task("1", "Báo cáo", "SYT", "15/6", coordinating="Báo Nam Định; Các cơ quan, đơn vị, địa phương")
    await archive.take_in(annex(tmp_path / "a.xlsx", row), name="#leave")
    parties = await archive.session.execute(
        select(Party.leads, Party.whom, Party.unit_id.is_(None), Party.written).order_by(Party.id)
    )
    assert [tuple(party) for party in parties] == [
        (True, Whom.UNIT, False, "SYT"),
        (False, Whom.UNIT, True, "Báo Nam Định"),
        (False, Whom.EVERYONE, True, "Các cơ quan, đơn vị, địa phương"),
    ]


async def test_a_newer_notice_ends_the_older_and_both_stay(archive: Archive, tmp_path: Path) -> None:
    await take_in_examples(archive)
    older = await archive.count(Oversight)
    newer = annex(
        tmp_path / "tb.xlsx",
        ("1", "Giám đốc Sở Y tế", "Ủy viên", "Khối nội chính; huyện Vụ Bản"),
        number="03/TB-HĐTĐKT",
        day="01 tháng 6 năm 2022",
        heading=NOTICE,
    )
    assert await archive.take_in(newer) == Carried(new=1)
    ends = (await archive.session.execute(select(Oversight.valid_from, Oversight.valid_to, func.count())
        .group_by(Oversight.valid_from, Oversight.valid_to).order_by(Oversight.valid_from))).all()  # fmt: skip
    assert [tuple(row) for row in ends] == [
        (date(2022, 1, 19), date(2022, 5, 31), older),
        (date(2022, 6, 1), None, 2),
    ]


async def test_an_older_notice_taken_in_late_is_over_already(archive: Archive, tmp_path: Path) -> None:
    await take_in_examples(archive)
    late = annex(
        tmp_path / "tb.xlsx",
        ("1", "Giám đốc Sở Y tế", "Ủy viên", "Khối nội chính"),
        number="02/TB-HĐTĐKT",
        day="15 tháng 01 năm 2021",
        heading=NOTICE,
    )
    await archive.take_in(late)
    found = await archive.session.execute(select(Oversight.valid_to).where(Oversight.valid_from == date(2021, 1, 15)))
    assert list(found.scalars()) == [date(2022, 1, 18)]


async def test_another_directory_closes_what_has_gone_and_deletes_nothing(archive: Archive, tmp_path: Path) -> None:
    units = [("SYT", "Sở Y tế", "", "Sở", "Khối A", "Trưởng khối"), ("STC", "Sở Tài chính", "", "Sở", "Khối A", "")]
    people = [("Lan", "Chuyên viên", "SYT", "Đầu mối", "0900000004"), ("Minh", "Chuyên viên", "STC", "", "")]
    await archive.take_in(directory(tmp_path / "a.xlsx", units, people))
    archive.now += timedelta(days=30)
    units[0] = ("SYT", "Sở Y tế tỉnh", "", "Sở", "Khối B", "")
    later = directory(tmp_path / "b.xlsx", units[:1], [("Hoa", "Văn phòng", "SYT", "Đầu mối", "")])
    assert await archive.take_in(later, gone="#drop") == Carried(new=1, changed=1, ended=3)
    found = (await archive.session.execute(select(Unit.code, Unit.name, Unit.valid_to).order_by(Unit.code))).all()
    assert [tuple(row) for row in found] == [
        ("STC", "Sở Tài chính", date(2022, 7, 8)),
        ("SYT", "Sở Y tế tỉnh", None),
    ]
    groups = await archive.session.execute(
        select(Group.name, Membership.valid_from, Membership.valid_to)
        .join(Membership, Membership.group_id == Group.id)
        .order_by(Membership.id)
    )
    assert sorted((name, start, end or date.max) for name, start, end in groups) == [
        ("Khối A", date(2022, 6, 9), date(2022, 7, 8)),
        ("Khối A", date(2022, 6, 9), date(2022, 7, 8)),
        ("Khối B", date(2022, 7, 9), date.max),
    ]
    assert await archive.count(Person) == 3


async def test_a_directory_says_nothing_of_what_it_does_not_list(archive: Archive, tmp_path: Path) -> None:
    await take_in_examples(archive)
    bare = [(code, name, "", "", "", "") for code, name in await archive.units()]
    officer = ("Nguyễn Văn A (ví dụ)", "Trưởng Ban Thi đua - Khen thưởng", "SNV", "Thường trực", "")
    review = await archive.review(directory(tmp_path / "b.xlsx", bare, [officer]))
    assert review.changes_nothing


async def test_a_new_holder_takes_the_seat_with_all_it_follows(archive: Archive, tmp_path: Path) -> None:
    await take_in_examples(archive)
    units = [("STC", "Sở Tài chính", "STC", "Sở, ban, ngành", "Khối thi đua các sở, ngành kinh tế", "Trưởng khối")]
    holder = [("Trần Văn Bình", "Giám đốc Sở Tài chính", "STC", "Thành viên Hội đồng", "")]
    archive.now += timedelta(days=1)
    await archive.take_in(directory(tmp_path / "b.xlsx", units, holder), gone="#keep")
    rows = await archive.session.execute(
        select(Person.name, Oversight.valid_to, func.count())
        .join(Post, Post.person_id == Person.id)
        .join(Oversight, Oversight.post_id == Post.id)
        .where(Post.title == "Giám đốc Sở Tài chính")
        .group_by(Person.name, Oversight.valid_to)
        .order_by(Person.name)
    )
    assert [tuple(row) for row in rows] == [
        ("Giám đốc Sở Tài chính (ví dụ)", date(2022, 6, 9), 3),
        ("Trần Văn Bình", None, 3),
    ]


async def test_a_document_without_number_and_date_asks_for_them(archive: Archive, tmp_path: Path) -> None:
    await archive.take_in(EXAMPLES / "danh-ba-vi-du.xlsx")
    bare = annex(tmp_path / "a.xlsx", task("1", "Báo cáo", "SYT", "Quý II"), number="", day="")
    review = await archive.review(bare)
    known = await known_now(archive.session, archive.source.today, Council())
    assert [question.key for question in questions(review)] == ["so", "ngay", "1"]
    review = answer(review, questions(review)[0], "07/KH-HĐTĐKT", known)
    with pytest.raises(Refusal, match="could not be read"):
        answer(review, questions(review)[0], "hôm nọ", known)
    review = answer(review, questions(review)[0], "07/3/2022", known)
    assert questions(review) == ()
    await carry_out(archive.session, review, archive.source)
    assert await archive.session.scalar(select(Task.reading)) == "2022-04-01..2022-06-30"
