"""Joining: a code, consent, a welcome; and all the ways in which it must not happen."""

from datetime import timedelta

from sqlalchemy import select

from models.addresses import Address, AddressState, Consent
from models.joining import Mint, new_code
from tests.chats import Council


async def code_for(council: Council, name: str) -> str:
    async with council.write() as session:
        mint = Mint(council.assistant.key, council.clock.now())
        return await new_code(session, mint, council.people[name], timedelta(days=30))


async def newcomer(council: Council, name: str) -> str:
    """Give a code for one of the cast who has not joined or consented yet."""
    async with council.write() as session:
        for table in (Address, Consent):
            for row in await session.scalars(select(table).where(table.person_id == council.people[name])):
                await session.delete(row)
    return await code_for(council, name)


async def test_a_code_and_consent_open_the_chat(council: Council) -> None:
    code = await newcomer(council, "Minh")
    phone = council.chat("phone")
    asked = await phone.says(f"batdau {code}")
    assert asked.splitlines()[0] == "Kính gửi đồng chí Minh, Chuyên viên, Sở Tài chính."
    assert asked.splitlines()[-1] == "Đồng chí có đồng ý không?"
    welcome = await phone.presses("Đồng ý")
    assert welcome.splitlines()[0] == "Kênh này hiện phục vụ đồng chí Minh, Chuyên viên, Sở Tài chính."
    async with council.read() as session:
        consent = (await session.scalars(select(Consent).where(Consent.person_id == council.people["Minh"]))).one()
        assert consent.given_at == council.clock.now()


async def test_the_bare_twelve_digits_are_enough(council: Council) -> None:
    code = await newcomer(council, "Minh")
    spaced = f"{code[:4]} {code[4:8]} {code[8:]}"
    assert "Đồng chí có đồng ý không?" in await council.chat("phone").says(spaced)


async def test_nobody_is_served_before_consent(council: Council) -> None:
    code = await newcomer(council, "Minh")
    phone = council.chat("phone")
    await phone.says(code)
    assert "12 chữ số" in await phone.says("nhiemvu")


async def test_refusing_consent_tells_the_secretariat_to_telephone(council: Council) -> None:
    code = await newcomer(council, "Minh")
    phone = council.chat("phone")
    await phone.says(code)
    assert (await phone.presses("Không đồng ý")).startswith("Đã ghi nhận: sẽ không gửi tin")
    async with council.read() as session:
        assert (await session.scalars(select(Address).where(Address.person_id == council.people["Minh"]))).all() == []


async def test_a_code_works_once(council: Council) -> None:
    code = await newcomer(council, "Minh")
    await council.chat("phone").says(code)
    assert "đã dùng" in await council.chat("another").says(code)


async def test_wrong_codes_are_limited(council: Council) -> None:
    phone = council.chat("phone")
    for left in (4, 3, 2, 1, 0):
        assert f"còn được thử {left} lần" in await phone.says("111122223333")
    code = await newcomer(council, "Minh")
    assert (await phone.says(code)).startswith("Đã gửi sai mã nhiều lần tại đây")


async def test_a_stranger_is_answered_once_then_silence(council: Council) -> None:
    stranger = council.chat("stranger")
    assert "trợ lý của Hội đồng" in await stranger.says("xin chào")
    assert await stranger.says("xin chào") == ""
    assert await stranger.says("nhiemvu") == ""


async def test_a_second_chat_is_told_to_the_first_and_can_be_closed_there(council: Council) -> None:
    code = await code_for(council, "Lan")
    tablet = council.chat("tablet")
    assert (await tablet.says(code)).startswith("Kênh này hiện phục vụ đồng chí Lan")
    lan = council.chat("Lan")
    assert (await lan.presses("Không phải tôi")).startswith("Kênh đó đã được đóng")
    async with council.read() as session:
        states = await session.scalars(
            select(Address.state).where(Address.person_id == council.people["Lan"]).order_by(Address.preference)
        )
        assert list(states) == [AddressState.ACTIVE, AddressState.LEFT]


async def test_a_chat_never_silently_changes_hands(council: Council) -> None:
    code = await code_for(council, "Minh")
    assert (await council.chat("Lan").says(f"/batdau {code}")).startswith("Kênh này đang phục vụ người khác")


async def test_agreeing_again_after_leaving_joins_nobody(council: Council) -> None:
    code = await newcomer(council, "Minh")
    phone = council.chat("phone")
    await phone.says(code)
    agree = list(await phone.button("Đồng ý"))
    await phone.presses("Đồng ý")
    assert (await phone.hears({"press": agree})).startswith("Kênh này hiện phục vụ đồng chí Minh")
    await phone.says("ngungnhan")
    await phone.presses("Ngừng gửi tại đây")
    assert (await phone.hears({"press": agree})).startswith("Câu hỏi này không còn hiệu lực")
    assert "12 chữ số" in await phone.says("nhiemvu")


async def test_a_consent_still_open_cannot_join_a_second_person_to_a_chat(council: Council) -> None:
    phone = council.chat("phone")
    await phone.says(await newcomer(council, "Minh"))
    agree = list(await phone.button("Đồng ý"))
    await phone.says(await code_for(council, "Lan"))
    assert (await phone.hears({"press": agree})).startswith("Kênh này đang phục vụ người khác")
    async with council.read() as session:
        minh = await session.scalars(select(Address).where(Address.person_id == council.people["Minh"]))
        assert minh.all() == []


async def test_it_was_not_me_ends_nobody_elses_chat(council: Council) -> None:
    tablet, lan = council.chat("tablet"), council.chat("Lan")
    await tablet.says(await code_for(council, "Lan"))
    await tablet.says("ngungnhan")
    await tablet.presses("Ngừng gửi tại đây")
    await tablet.says(await code_for(council, "Minh"))
    assert (await lan.presses("Không phải tôi")).startswith("Kênh đó không còn phục vụ đồng chí")
    async with council.read() as session:
        states = await session.scalars(select(Address.state).where(Address.person_id == council.people["Minh"]))
        assert list(states) == [AddressState.ACTIVE, AddressState.ACTIVE]
