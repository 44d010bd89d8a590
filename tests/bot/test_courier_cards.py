from dataclasses import replace

from sqlalchemy import select

from handlers.kit import Permanent
from models.addresses import Address
from models.menus import NumberedChoice, numbered_choice
from tests.postoffice import BUTTONS, CHOOSING, PostOffice


async def test_where_there_are_no_buttons_choices_carry_numbers(office: PostOffice) -> None:
    office.channel.abilities = replace(BUTTONS, buttons=False)
    hoa = await office.person("hoa")
    await office.owe(hoa, "một", choices=["Đã tiếp nhận", "Xin gia hạn"])
    await office.owe(hoa, "không có lựa chọn")
    owed = await office.owe(hoa, "hai", choices=["Dự họp"])
    await (await office.working()).drain()
    assert [(message.lines, message.choices) for _, message in office.channel.sent] == [
        (("một", CHOOSING), (("1. Đã tiếp nhận", False), ("2. Xin gia hạn", False))),
        (("không có lựa chọn",), ()),
        (("hai", CHOOSING), (("3. Dự họp", False),)),
    ]
    parcel = await office.parcel(owed)
    assert parcel.content is not None
    assert parcel.chat_id is not None
    assert parcel.content["choices"][0]["label"] == "Dự họp"
    async with office.database.read() as session:
        assert await numbered_choice(session, parcel.chat_id, 3) == NumberedChoice(owed, 0)


async def test_a_channel_that_cannot_edit_is_asked_for_no_edit(office: PostOffice) -> None:
    office.channel.abilities = replace(BUTTONS, edit=False)
    hoa = await office.person("hoa")
    card = await office.owe(hoa, "thẻ")
    courier = await office.working()
    await courier.drain()
    await office.owe(hoa, "đóng", op="edit", target_id=card)
    await courier.drain()
    assert (await office.states(), office.channel.edited) == (["sent", "cancelled"], [])


async def test_an_edit_changes_the_message_and_has_buttons_of_its_own(office: PostOffice) -> None:
    hoa = await office.person("hoa")
    card = await office.owe(hoa, "thẻ", choices=["Đã tiếp nhận"])
    courier = await office.working()
    await courier.drain()
    edit = await office.owe(hoa, "đ/c Hoa đã tiếp nhận", op="edit", target_id=card)
    await courier.drain()
    ((chat, provider_id, message),) = office.channel.edited
    assert (chat, provider_id, message.parcel_id) == ("hoa", "m1", edit)
    parcel = await office.parcel(card)
    assert parcel.content is not None
    assert (parcel.content["lines"], parcel.closed) == (["thẻ"], True)


async def test_an_edit_of_a_message_that_is_gone_is_given_up(office: PostOffice) -> None:
    hoa = await office.person("hoa", "second")
    card = await office.owe(hoa, "thẻ")
    courier = await office.working()
    await courier.drain()
    office.fail(Permanent("message to edit not found"))
    await office.owe(hoa, "đóng", op="edit", target_id=card)
    await courier.drain()
    assert await office.states() == ["sent", "dead"]
    async with office.database.read() as session:
        states = [address.state for address in await session.scalars(select(Address))]
    assert states == ["active", "active"]
