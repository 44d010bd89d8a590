"""What a press means: the button that was seen, by whoever it was shown to, as things now stand."""

from sqlalchemy import select

from models.addresses import Address, AddressState, Chat
from models.outbox import Parcel
from models.tasks import Assignment, Task
from tests.chats import Council

OLD = "Nội dung này đã thay đổi sau khi nút được hiển thị; lần bấm này chưa ghi nhận gì. Hiện trạng như sau:"


async def shown(council: Council, name: str) -> tuple[int, int]:
    """Show somebody the card of a given task; give its button "Đã tiếp nhận"."""
    await council.given("Báo cáo sơ kết", ("SYT",), "2022-06-14")
    chat = council.chat(name)
    await chat.says("nhiemvu 1")
    return await chat.button("Đã tiếp nhận")


async def test_a_button_of_the_card_as_it_was_before_an_edit_is_old(council: Council) -> None:
    before = await shown(council, "Lan")
    await council.chat("Hoa").says("nhiemvu 1")
    await council.chat("Hoa").presses("Đã tiếp nhận")
    answer = await council.chat("Lan").hears({"press": list(before)})
    assert answer.splitlines()[0] == OLD


async def test_a_button_of_a_card_drawn_anew_is_old_even_where_its_subject_stayed_the_same(council: Council) -> None:
    parcel_id, index = await shown(council, "Lan")
    async with council.write() as session:
        card = await session.get_one(Parcel, parcel_id)
        names = ("letter_id", "lane", "chat_id", "person_id", "priority", "subject_kind", "subject_id")
        copied = {name: getattr(card, name) for name in (*names, "subject_version", "content", "not_before")}
        edit = Parcel(
            key="edit", op="edit", target_id=card.id, state="sent", sent_at=card.sent_at, created_at=card.created_at,
            **copied,
        )  # fmt: skip
        session.add(edit)
        await session.flush()
        edit_id = edit.id
    lan = council.chat("Lan")
    assert (await lan.hears({"press": [parcel_id, index]})).splitlines()[0] == OLD
    assert (await lan.hears({"press": [edit_id, index]})).splitlines()[0] != OLD


async def test_the_second_of_two_taps_changes_nothing(council: Council) -> None:
    button = await shown(council, "Lan")
    lan = council.chat("Lan")
    assert (await lan.hears({"press": list(button)})).splitlines()[0] != OLD
    assert (await lan.hears({"press": list(button)})).splitlines()[0] == OLD
    async with council.read() as session:
        assert (await session.scalars(select(Assignment.version))).one() == 2


async def test_whoever_takes_a_chat_over_cannot_press_the_buttons_of_the_one_before(council: Council) -> None:
    button = await shown(council, "Lan")
    async with council.write() as session:
        chat = (await session.scalars(select(Chat).where(Chat.external_id == "Lan"))).one()
        address = (await session.scalars(select(Address).where(Address.chat_id == chat.id))).one()
        address.state = AddressState.LEFT
        session.add(Address(person_id=council.people["Minh"], chat_id=chat.id, since=council.clock.now()))
    answer = await council.chat("Lan").hears({"press": list(button)})
    assert answer.startswith("Nút này không thuộc cuộc trò chuyện này")


async def test_the_buttons_of_a_chat_that_was_left_do_nothing(council: Council) -> None:
    button = await shown(council, "Lan")
    await council.chat("Lan").says("ngungnhan")
    await council.chat("Lan").presses("Ngừng gửi tại đây")
    assert "12 chữ số" in await council.chat("Lan").hears({"press": list(button)})
    async with council.read() as session:
        assert (await session.scalars(select(Assignment.version))).one() == 1


async def test_a_button_of_what_is_gone_says_so(council: Council) -> None:
    button = await shown(council, "Lan")
    async with council.write() as session:
        await session.delete((await session.scalars(select(Assignment))).one())
        await session.flush()
        await session.delete((await session.scalars(select(Task))).one())
    assert (
        await council.chat("Lan").hears({"press": list(button)}) == "Nội dung này không còn hiệu lực; chưa ghi nhận gì."
    )
