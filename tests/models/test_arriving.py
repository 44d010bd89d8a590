"""Papers of a register against the store: sure, asked about, answered already, or left alone."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
from sqlalchemy import select

from documents.heading import Heading
from documents.offering import Offer, known_now, review_of
from documents.reading import Paper, Sort
from documents.rows import RegisterRow
from models.answering import Answer
from models.arriving import tally_of_register
from models.assignments import record
from models.entries import ArrivalEntry, Left, Review
from models.importing import Carried, Source, carry_out
from models.people import Unit
from models.preview import line_of
from models.questions import questions
from models.rules.status import Status
from models.rules.text import Refusal
from models.settings import Council
from models.settling import answer
from models.tasks import Receipt, Report, Said
from tests.models.office import ZONE, Office, an_office, local

TITLE = "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm"
NOW = "2022-06-20 08:00"


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with an_office(database_url) as opened:
        yield opened


def source(office: Office, by: str | None = "Thu") -> Source:
    now = local(NOW)
    return Source(now, now.date(), by=office.people[by] if by else None, zone=ZONE)


def row(at: int, sender: str, arrived: str = "13/6/2022", subject: str = TITLE, number: str = "") -> RegisterRow:
    return RegisterRow(at, str(200 + at), arrived, sender, number or f"{at}/BC-X", "12/6/2022", subject)


async def reviewed(office: Office, *rows: RegisterRow) -> Review:
    paper = Paper(Sort.REGISTER, "so.xlsx", Heading(), register=rows)
    async with office.database.read() as session:
        return await review_of(session, Offer(paper), source(office), Council())


async def said(office: Office, review: Review, words: str) -> Review:
    async with office.database.read() as session:
        known = await known_now(session, local(NOW).date(), Council())
    return answer(review, questions(review)[0], words, known)


async def written(office: Office, review: Review, by: str | None = "Thu") -> Carried:
    async with office.write() as session:
        return await carry_out(session, review, source(office, by))


def entries(review: Review) -> dict[str, ArrivalEntry]:
    return {each.entry.ref: each.entry for each in review.rows if isinstance(each.entry, ArrivalEntry)}


async def test_a_sure_paper_is_recorded_and_unknown_senders_and_other_matters_are_left(office: Office) -> None:
    task = await office.given(TITLE, "SYT", "2022-06-14")
    review = await reviewed(
        office, row(1, "Bộ Nội vụ"), row(2, "Sở Y tế"), row(3, "Sở Y tế", subject="V/v mời dự họp giao ban")
    )
    found = entries(review)
    assert [found[ref].left for ref in ("1", "2", "3")] == [Left.SENDER, Left.NO, Left.TASK]
    assert list(found) == ["2", "1", "3"]
    assert (questions(review), review.changes_nothing) == ((), False)
    assert len((await written(office, review)).received) == 1
    assert (await office.stands(task, NOW)).status is Status.AWAITING_ACCEPTANCE
    async with office.database.read() as session:
        receipt = (await session.scalars(select(Receipt))).one()
        report = await session.get_one(Report, receipt.report_id)
    assert (receipt.arrived_on, receipt.entry) == (date(2022, 6, 13), "202")
    assert (report.paper_number, report.paper_date) == ("2/BC-X", date(2022, 6, 12))
    assert (await reviewed(office, row(2, "Sở Y tế"))).changes_nothing


async def test_a_doubtful_paper_is_asked_with_choices_and_never_guessed(office: Office) -> None:
    await office.given(TITLE, "SYT", "2022-06-14")
    other = await office.given("Báo cáo sơ kết phong trào thi đua quý II", "SYT", "2022-06-30")
    review = await reviewed(office, row(1, "Sở Y tế", subject="Báo cáo sơ kết thi đua"))
    with pytest.raises(Refusal):
        await written(office, review)
    (question,) = questions(review)
    assert [option.value for option in question.options][-1] == "#leave"
    assert len(question.options) == 3
    with pytest.raises(Refusal):
        await said(office, review, "gì đó")
    settled = await said(office, review, f"#assignment:{other}")
    assert [one.standing.id for one in (await written(office, settled)).received] == [other]


async def test_a_name_that_two_units_bear_is_asked_with_their_tasks(office: Office) -> None:
    async with office.write() as session:
        session.add(Unit(code="VB2", name="Thành phố Vụ Bản", valid_from=date(2022, 1, 1)))
    task = await office.given(TITLE, "VB", "2022-06-14")
    review = await reviewed(office, row(1, "Vụ Bản"))
    (question,) = questions(review)
    settled = await said(office, review, "1")
    assert entries(settled)["1"].assignment == task
    assert question.options[0].value == f"#assignment:{task}"


async def test_what_came_twice_is_recorded_by_its_first_arrival(office: Office) -> None:
    task = await office.given(TITLE, "SYT", "2022-06-14")
    review = await reviewed(office, row(1, "Sở Y tế", "15/6/2022"), row(2, "Sở Y tế", "13/6/2022"))
    assert entries(review)["1"].left == Left.TWICE
    done = await written(office, review)
    assert [(one.standing.id, one.arrival.on) for one in done.received] == [(task, date(2022, 6, 13))]


async def test_a_day_that_cannot_be_read_is_asked(office: Office) -> None:
    await office.given(TITLE, "SYT", "2022-06-14")
    review = await reviewed(office, row(1, "Sở Y tế", "hôm nọ"))
    settled = await said(office, review, "14/6/2022")
    assert entries(settled)["1"].arrived == "2022-06-14"
    dropped = await said(office, review, "#leave")
    assert (questions(dropped), (await written(office, dropped)).received) == ((), ())
    assert tally_of_register(dropped).values["count"] == 1
    assert tally_of_register(dropped).values["left"].values["task"] == 0


async def test_a_day_of_arrival_still_to_come_is_asked_with_the_reason(office: Office) -> None:
    await office.given(TITLE, "SYT", "2022-06-14")
    (question,) = questions(await reviewed(office, row(1, "Sở Y tế", "25/6/2022")))
    assert "still to come" in question.text.id
    assert question.text.values["day"] == date(2022, 6, 25)


async def test_what_arrived_before_the_task_was_given_is_asked(office: Office) -> None:
    await office.given(TITLE, "SYT", "2022-06-14")
    review = await reviewed(office, row(1, "Sở Y tế", "30/5/2022"))
    assert len(questions(review)) == 1


async def test_all_suggestions_are_taken_at_once(office: Office) -> None:
    for unit in ("SYT", "STC"):
        await office.given(TITLE, unit, "2022-06-14")
    review = await reviewed(office, row(1, "Sở Y tế", "30/5/2022"), row(2, "Sở Tài chính", "31/5/2022"))
    assert questions(review)[0].options[-1].label.values == {"count": 2}
    settled = await said(office, review, "#suggested")
    assert (questions(settled), len((await written(office, settled)).received)) == ((), 2)


async def test_an_answered_task_is_left_unless_the_paper_was_in_time_of_a_late_word(office: Office) -> None:
    for unit, name in (("SYT", "Lan"), ("STC", "Minh")):
        task = await office.given(TITLE, unit, "2022-06-14")
        async with office.write() as session:
            moment = "2022-06-13 09:00" if unit == "SYT" else "2022-06-16 09:00"
            await record(office.act(session, name, moment), task, Answer(Said.FINISHED))
    found = entries(await reviewed(office, row(1, "Sở Y tế"), row(2, "Sở Tài chính")))
    assert (found["1"].left, found["2"].left) == (Left.ANSWERED, Left.NO)


async def test_the_terminal_records_in_nobodys_name(office: Office) -> None:
    await office.given(TITLE, "SYT", "2022-06-14")
    with pytest.raises(Refusal):
        await written(office, await reviewed(office, row(1, "Sở Y tế")), by=None)


async def test_nothing_is_asked_about_a_task_that_another_paper_surely_answers(office: Office) -> None:
    await office.given(TITLE, "SYT", "2022-06-14")
    review = await reviewed(office, row(1, "Sở Y tế"), row(2, "Sở Y tế", subject="Báo cáo sơ kết thi đua"))
    assert (questions(review), entries(review)["2"].left) == ((), Left.TWICE)


async def test_every_row_is_said(office: Office) -> None:
    for unit in ("SYT", "STC"):
        await office.given(TITLE, unit, "2022-06-14")
    review = await reviewed(
        office,
        row(1, "Sở Y tế"),
        row(2, "Sở Y tế", "14/6/2022"),
        row(3, "Bộ Nội vụ"),
        row(4, "Sở Y tế", subject="V/v họp"),
        row(5, "Sở Tài chính", subject="Báo cáo sơ kết thi đua"),
    )
    said_ids = {line_of(each, local(NOW).date()).id for each in review.rows}
    assert len(said_ids) == 5
