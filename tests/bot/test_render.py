"""From what is owed to what is sent: in the recipient's words, as things stand when it leaves."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import update

from bot.i18n import catalogues
from bot.render import CARD, RECHECK, Composed, Composer, message_of, with_files, written
from handlers.kit import Call, Choice, LetterContext, Reply, Subject, t
from models.ids import new_id
from models.outbox import Letter, Parcel
from models.papers import StoredFile
from models.people import Person
from models.settings import council as settings_of
from models.tasks import Assignment
from tests.chats import Council

EMPTY = {"lines": [], "choices": [], "files": [], "result": "", "card": False}
REPLY = Reply(
    t("Recorded at {time}: {title}.", time=1, title="<b>"),
    "own words {x}",
    choices=(Choice(t("I agree"), Call("yes", {"a": 1}), primary=True), Choice(t("Help"), Call("trogiup"))),
    result=t("Do you agree?"),
)


async def composed(
    council: Council, parcel: Parcel, letter: Letter, composer: Composer | None = None
) -> Composed | None:
    async with council.read() as session:
        compose = composer or council.assistant.composer
        return await compose(session, parcel, letter, council.clock.now(), await settings_of(session))


def parcel_for(council: Council, name: str | None, **fields: Any) -> Parcel:
    person = council.people[name] if name else None
    return Parcel(**{"id": new_id(), "person_id": person, "kind": "", "subject_kind": "", "unsure": 0, **fields})


def letter_with(reply: Reply | None, kind: str = "") -> Letter:
    return Letter(kind=kind, content=reply.as_json() if reply else None, params={"a": 1})


def test_a_reply_is_written_with_its_calls_beside_the_labels() -> None:
    content = written(REPLY, catalogues("vi").speech("en", ZoneInfo("Asia/Ho_Chi_Minh")))
    assert content["lines"] == ["Recorded at 1: <b>.", "own words {x}"]
    assert content["choices"][0] == {"label": "I agree", "call": {"command": "yes", "args": {"a": 1}}, "primary": True}
    assert (content["result"], content["card"]) == ("Do you agree?", False)
    message = message_of(7, content)
    assert (message.parcel_id, message.choices) == (7, (("I agree", True), ("Help", False)))


async def test_each_recipient_reads_his_own_language_and_a_stranger_the_councils(council: Council) -> None:
    async with council.write() as session:
        await session.execute(update(Person).where(Person.id == council.people["Hoa"]).values(locale="en"))
    said = []
    for name in ("Lan", "Hoa", None):
        found = await composed(council, parcel_for(council, name), letter_with(Reply(t("Do you agree?"))))
        said.append((found.content["lines"], found.choosing) if found else ())
    vietnamese = (["Đồng chí có đồng ý không?"], "Trả lời bằng số:")
    assert said == [vietnamese, (["Do you agree?"], "Please answer with a number:"), vietnamese]


async def test_what_may_have_arrived_before_is_marked(council: Council) -> None:
    found = await composed(council, parcel_for(council, "Lan", unsure=1), letter_with(Reply("Nhắc việc")))
    assert found is not None
    assert found.content["lines"] == ["Nhắc việc", "(gửi lại)"]


async def test_a_card_says_what_is_now_and_remembers_the_version(council: Council) -> None:
    assignment = (await council.given("Báo cáo sơ kết", ("SYT",), "2022-06-14"))["SYT"]
    subject = {"subject_kind": "assignment", "subject_id": assignment}
    found = await composed(council, parcel_for(council, "Lan", kind=CARD, **subject), letter_with(None))
    assert found is not None
    assert (found.content["card"], found.closed, found.version) == (True, False, 1)
    async with council.write() as session:
        row = await session.get_one(Assignment, assignment)
        row.version += 1
    again = await composed(council, parcel_for(council, "Lan", kind=RECHECK, **subject), letter_with(None))
    assert again is not None
    assert again.version == 2


async def test_a_card_nobody_may_see_or_that_is_gone_is_not_sent(council: Council) -> None:
    assignment = (await council.given("Báo cáo sơ kết", ("SYT",), "2022-06-14"))["SYT"]
    for name, subject_id in (("Minh", assignment), ("Lan", 1)):
        parcel = parcel_for(council, name, kind=CARD, subject_kind="assignment", subject_id=subject_id)
        assert await composed(council, parcel, letter_with(None)) is None


async def test_a_card_that_waited_is_not_sent_once_it_has_nothing_left_to_press(council: Council) -> None:
    async def closed(ctx: LetterContext) -> Reply:
        return Reply("Đã xong", card=ctx.subject)

    known = council.assistant.composer
    composer = replace(known, registry=replace(known.registry, cards={**known.registry.cards, "assignment": closed}))
    assignment = (await council.given("Báo cáo sơ kết", ("SYT",), "2022-06-14"))["SYT"]
    for kind, is_sent in ((RECHECK, False), (CARD, True)):
        parcel = parcel_for(council, "Lan", kind=kind, subject_kind="assignment", subject_id=assignment)
        assert (await composed(council, parcel, letter_with(None), composer) is not None) is is_sent


async def test_a_kind_of_letter_is_composed_when_it_leaves_or_not_at_all(council: Council) -> None:
    async def counted(ctx: LetterContext) -> Reply | None:
        return Reply(f"{ctx.person.name} {ctx.params['a']}") if ctx.person.name == "Lan" else None

    known = council.assistant.composer
    composer = replace(known, registry=replace(known.registry, letters={"counted": counted}))
    letter = letter_with(None, "counted")
    found = await composed(council, parcel_for(council, "Lan", kind="counted"), letter, composer)
    assert found is not None
    assert found.content["lines"] == ["Lan 1"]
    assert await composed(council, parcel_for(council, "Hoa", kind="counted"), letter, composer) is None


async def test_files_come_in_the_order_in_which_they_were_named(council: Council) -> None:
    async with council.write() as session:
        rows = [
            StoredFile(sha256=f"{n:064}", name=f"{n}.txt", media="", size=n, kept_at=council.clock.now())
            for n in range(3)
        ]
        session.add_all(rows)
        await session.flush()
        ids = [rows[2].id, 1, rows[0].id, rows[1].id]
    async with council.read() as session:
        content = await with_files(session, {**EMPTY, "files": ids})
        assert await with_files(session, EMPTY) is EMPTY
    assert [file["name"] for file in content["files"]] == ["2.txt", "0.txt", "1.txt"]


def test_a_reply_comes_back_from_its_letter_as_it_was() -> None:
    whole = Reply(*REPLY.lines, choices=REPLY.choices, card=Subject("task", 1), files=(1, 2), result=REPLY.result)
    assert Reply.from_json(whole.as_json()) == whole
