"""Codes and links of which only an HMAC is kept, consent, and addresses that begin and end."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from models.addresses import Address, AddressState, Chat, Consent, JoinCode
from models.codes import CODE
from models.inviting import seats, units_without_focal_point
from models.joining import (
    Mint,
    add_address,
    begin,
    count_failure,
    end_address,
    is_let_in,
    is_reachable,
    new_code,
    new_link,
    redeem,
    way_in,
    withdraw,
    without_codes,
)
from models.people import Person, Post
from models.rules.text import Refusal
from tests.models.office import Office, an_office, local

KEY, NOW = b"k" * 32, local("2022-06-09 08:00")
MINT, MONTH = Mint(KEY, NOW), timedelta(days=30)


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with an_office(database_url) as opened:
        yield opened


async def a_chat(session: Any, name: str = "phone") -> Chat:
    chat = Chat(channel="webchat", bot="webchat", external_id=name, failed_codes=0)
    session.add(chat)
    await session.flush()
    return chat


async def test_of_a_code_only_its_digest_is_kept(office: Office) -> None:
    async with office.write() as session:
        code, token = await new_code(session, MINT, office.people["Lan"], MONTH), ""
        token = await new_link(session, MINT, office.people["Lan"])
    async with office.database.read() as session:
        rows = [str(vars(row)) for row in await session.scalars(select(JoinCode))]
    assert (len(code), code.isdecimal(), len(token) >= 32, len(rows)) == (12, True, True, 2)
    assert [row for row in rows if code in row or token in row] == []


async def test_a_code_opens_once_within_its_time_and_under_its_key(office: Office) -> None:
    lan = office.people["Lan"]
    async with office.write() as session:
        chat, code = await a_chat(session), await new_code(session, MINT, lan, MONTH)
        assert await redeem(session, b"x" * 32, chat, code, NOW) is None
        assert await redeem(session, KEY, chat, code, NOW + MONTH) is None
        found = await redeem(session, KEY, chat, code, NOW + MONTH - timedelta(seconds=1))
        assert found is not None
        assert found.id == lan
        assert await redeem(session, KEY, chat, code, NOW) is None


async def test_a_newer_code_ends_the_older_ones_and_no_link(office: Office) -> None:
    lan = office.people["Lan"]
    async with office.write() as session:
        chat, old = await a_chat(session), await new_code(session, MINT, lan, MONTH)
        token, new = await new_link(session, MINT, lan), await new_code(session, MINT, lan, MONTH)
        assert await redeem(session, KEY, chat, old, NOW) is None
        assert await redeem(session, KEY, chat, new, NOW) is not None
        assert await way_in(session, KEY, token, NOW) == "Lan"
        assert await redeem(session, KEY, chat, token, NOW) is not None
        assert await way_in(session, KEY, token, NOW) is None


async def test_too_many_wrong_codes_pause_a_chat_for_an_hour(office: Office) -> None:
    async with office.write() as session:
        chat, code = await a_chat(session), await new_code(session, MINT, office.people["Lan"], MONTH)
        assert [count_failure(chat, NOW, 3) for _ in range(3)] == [2, 1, 0]
        with pytest.raises(Refusal):
            await redeem(session, KEY, chat, code, NOW + timedelta(minutes=59))
        assert await redeem(session, KEY, chat, code, NOW + timedelta(minutes=60)) is not None
        assert (chat.failed_codes, chat.codes_blocked_until) == (0, None)


async def test_a_chat_is_let_in_by_an_address_or_an_open_question_and_by_nothing_that_is_over(office: Office) -> None:
    async with office.write() as session:
        chat, lan = await a_chat(session), await session.get_one(Person, office.people["Lan"])
        assert not await is_let_in(session, chat.id)
        await add_address(session, lan, chat, NOW)
        assert await is_let_in(session, chat.id)
        await end_address(session, lan.id, chat.id, AddressState.LEFT, NOW)
        assert not await is_let_in(session, chat.id)
        consent = Consent(person_id=lan.id, chat_id=chat.id, wording="x", asked_at=NOW)
        session.add(consent)
        await session.flush()
        assert await is_let_in(session, chat.id)
        for over in ("given_at", "refused_at", "withdrawn_at"):
            consent.given_at = consent.refused_at = consent.withdrawn_at = None
            setattr(consent, over, NOW)
            await session.flush()
            assert not await is_let_in(session, chat.id)


async def test_a_chat_serves_one_person_until_he_leaves(office: Office) -> None:
    async with office.write() as session:
        chat = await a_chat(session)
        lan, minh = [await session.get_one(Person, office.people[name]) for name in ("Lan", "Minh")]
        await add_address(session, lan, chat, NOW)
        for join in (begin, add_address):
            with pytest.raises(Refusal):
                await join(session, minh, chat, NOW)
        assert await end_address(session, minh.id, chat.id, AddressState.LEFT, NOW) is None
        await end_address(session, lan.id, chat.id, AddressState.UNREACHABLE, NOW)
        assert await end_address(session, lan.id, chat.id, AddressState.LEFT, NOW) is not None
        joined = await begin(session, minh, chat, NOW)
        assert joined.consent is None
        again = await session.scalars(select(Address.state).where(Address.chat_id == chat.id).order_by(Address.id))
        assert list(again) == [AddressState.LEFT, AddressState.ACTIVE]


async def test_without_consent_the_question_comes_first_and_after_withdrawal_again(office: Office) -> None:
    async with office.write() as session:
        chat, lan = await a_chat(session), await session.get_one(Person, office.people["Lan"])
        await withdraw(session, lan.id, NOW)
        joined = await begin(session, lan, chat, NOW)
        assert joined.consent is not None
        assert await session.scalar(select(Address).where(Address.chat_id == chat.id)) is None


async def test_an_address_taken_up_again_keeps_its_place(office: Office) -> None:
    async with office.write() as session:
        chat, lan = await a_chat(session), await session.get_one(Person, office.people["Lan"])
        first = await add_address(session, lan, chat, NOW)
        assert first.preference == 1
        await end_address(session, lan.id, chat.id, AddressState.LEFT, NOW)
        again = await add_address(session, lan, chat, NOW)
        assert (again.id, again.preference, again.state, again.ended_at) == (first.id, 1, AddressState.ACTIVE, None)


@pytest.mark.parametrize("state", [AddressState.LEFT, AddressState.UNREACHABLE])
async def test_whoever_has_no_active_address_is_not_reachable(office: Office, state: AddressState) -> None:
    async with office.write() as session:
        await session.execute(update(Address).where(Address.person_id == office.people["Lan"]).values(state=state))
        assert not await is_reachable(session, office.people["Lan"])
        assert await is_reachable(session, office.people["Hoa"])
        by_name = {
            seat.person.name: seat.reachable for seat in await seats(session, NOW.date(), ["syt"]) if seat.person
        }
        assert by_name == {"Lan": False, "Hoa": True}


async def test_units_nobody_answers_for_are_named(office: Office) -> None:
    async with office.write() as session:
        await session.execute(update(Post).where(Post.person_id == office.people["Minh"]).values(person_id=None))
        found = {unit.code for unit in await units_without_focal_point(session, date(2022, 6, 9))}
    assert ("STC" in found, "SYT" in found) == (True, False)


@given(st.text(alphabet="0123456789 .-", min_size=0, max_size=40), st.text(max_size=10), st.text(max_size=10))
def test_no_code_is_left_wherever_it_stands(digits: str, before: str, after: str) -> None:
    raw = {"text": before + digits + after, "deep": [{"message": {"text": digits}}], "call": {"args": {"code": digits}}}
    kept = without_codes(raw)
    assert [found for found in (kept["text"], kept["deep"][0]["message"]["text"]) if CODE.search(found)] == []
    assert kept["call"] == {"args": {}}


def test_other_words_and_numbers_stay() -> None:
    raw = {"text": "Số 1234567890123 và 12345678901", "size": 123456789012, "none": None}
    assert without_codes(raw) == raw
    assert without_codes(None) is None
