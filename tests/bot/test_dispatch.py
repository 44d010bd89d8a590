"""Heard once, handled in order, each update with all its effects or none; and what no update can break."""

import asyncio
from itertools import pairwise

from sqlalchemy import func, select

from bot.app import WEBCHAT
from handlers.kit import Call
from models.audit import AuditEntry
from models.inbox import Inbound
from models.outbox import Parcel
from tests.chats import Council


async def heard(council: Council) -> list[Inbound]:
    async with council.read() as session:
        return list(await session.scalars(select(Inbound).order_by(Inbound.id)))


async def test_the_same_update_is_heard_once(council: Council) -> None:
    lan = council.chat("Lan")
    first = await lan.hears({"text": "trogiup"}, update_id="again")
    again = await lan.hears({"text": "trogiup"}, update_id="again")
    assert again == first
    async with council.read() as session:
        assert await session.scalar(select(func.count()).select_from(Inbound)) == 1
        assert await session.scalar(select(func.count()).select_from(Parcel)) == 1


async def test_updates_of_one_chat_are_handled_in_the_order_of_their_coming(council: Council) -> None:
    assistant = council.assistant
    channel = assistant.channels[WEBCHAT]
    for number in range(20):
        raw = {"chat": "Lan", "text": f"nội dung {number}"}
        await assistant.intake.hear(channel, channel.bots[0], f"order:{number}", raw)
    while await assistant.dispatcher.sweep():
        pass
    async with council.read() as session:
        inbounds = list(await session.scalars(select(Inbound).order_by(Inbound.id)))
        entries = list(await session.scalars(select(AuditEntry.inbound_id).order_by(AuditEntry.id)))
    assert entries == [inbound.id for inbound in inbounds]
    assert all(inbound.handled_at for inbound in inbounds)
    assert [inbound.update_id for inbound in inbounds] == [f"order:{number}" for number in range(20)]


async def test_hears_that_come_together_are_all_stored_in_their_order(council: Council) -> None:
    assistant = council.assistant
    channel = assistant.channels[WEBCHAT]
    stored = await asyncio.gather(
        *(
            assistant.intake.hear(channel, channel.bots[0], f"flood:{number}", {"chat": "Lan", "text": "xin chào"})
            for number in range(50)
        )
    )
    assert all(one.inbound_id < next_.inbound_id for one, next_ in pairwise(stored))
    assert all(one.fresh for one in stored)


async def test_an_update_that_cannot_be_read_is_set_aside_alone(council: Council) -> None:
    lan = council.chat("Lan")
    answer = await lan.hears({"press": ["x", None, 7]})
    assert answer.startswith("Không đọc được tin này")
    assert (await lan.says("trogiup")).startswith("Có thể gõ")
    assert [inbound.outcome for inbound in await heard(council)] == ["refused", "done"]


async def test_a_mark_of_secrecy_is_never_stored(council: Council) -> None:
    answer = await council.chat("Lan").says("TỐI MẬT: nội dung cuộc họp")
    assert answer.startswith("Tin có dấu chỉ độ mật")
    (inbound,) = await heard(council)
    assert (inbound.raw, inbound.outcome) == (None, "secret")


async def test_a_very_long_message_is_refused_with_what_to_do(council: Council) -> None:
    answer = await council.chat("Lan").says("a" * 10_000)
    assert answer == "Tin này dài quá 4096 ký tự nên chưa được ghi nhận; đề nghị gửi dưới dạng tệp."


async def test_buttons_of_another_conversation_and_invented_ones_change_nothing(council: Council) -> None:
    await council.chat("Lan").says("ngungnhan")
    parcel, index = await council.chat("Lan").button("Ngừng gửi tại đây")
    for press in ([parcel, index], [1, 0], [parcel, 99], [-5, -1]):
        answer = await council.chat("Minh").hears({"press": press})
        assert answer.startswith("Nút này không thuộc cuộc trò chuyện này")
    assert (await council.chat("Lan").says("trogiup")).startswith("Có thể gõ")


async def test_a_call_that_no_button_makes_any_more_is_refused(council: Council) -> None:
    answer = await council.chat("Lan").hears({"call": Call("khongcolenhnay").as_json()})
    assert answer.startswith("Lựa chọn này không còn hiệu lực")


async def test_a_question_is_answered_before_words_are_looked_for(council: Council) -> None:
    stranger = council.chat("stranger")
    await stranger.says("/batdau")
    assert (await stranger.says("trợ giúp")).startswith("Mã kết nối gồm 12 chữ số")
    assert "còn được thử" in await stranger.says("111122223333")


async def test_a_question_is_left_by_a_word_or_a_slash(council: Council) -> None:
    lan = council.chat("Lan")
    await council.given("Báo cáo sơ kết", ("SYT",), "2022-06-14")
    await lan.says("/vuongmac 1")
    assert await lan.says("thôi") == "Đã bỏ câu hỏi; chưa ghi nhận nội dung nào."
    await lan.says("/vuongmac 1")
    assert (await lan.says("/trogiup")).startswith("Có thể gõ")
    assert (await lan.says("trợ giúp")).startswith("Có thể gõ")


async def test_a_command_in_one_word_is_carried_out_whatever_is_asked(council: Council) -> None:
    lan = council.chat("Lan")
    await council.given("Báo cáo sơ kết", ("SYT",), "2022-06-14")
    await lan.says("/vuongmac 1")
    assert (await lan.says("nhiemvu")).startswith("1 nhiệm vụ chưa hoàn thành")
    assert "Khó khăn" not in await lan.says("chưa có số liệu của các xã")
    await lan.says("/vuongmac 1")
    assert "Đã ghi nhận số" in await lan.says("họp giao ban nên chưa kịp")


async def test_what_strangers_wrote_is_emptied_once_handled(council: Council) -> None:
    await council.chat("stranger").says("tôi là ai")
    (inbound,) = await heard(council)
    assert (inbound.raw, inbound.outcome) == (None, "done")


async def test_everything_said_leaves_an_entry_without_its_words(council: Council) -> None:
    await council.chat("Lan").says("trogiup")
    async with council.read() as session:
        entry = (await session.scalars(select(AuditEntry))).one()
    assert (entry.command, entry.outcome, entry.person_id) == ("trogiup", "done", council.people["Lan"])
    assert len(entry.digest) == 64


async def test_the_label_of_a_button_may_be_typed(council: Council) -> None:
    lan = council.chat("Lan")
    await lan.says("ngungnhan")
    assert await lan.says("giữ nguyên") == "Không có gì thay đổi; tin vẫn được gửi như trước."
    await lan.says("ngungnhan")
    assert await lan.says("Giu nguyen.") == "Không có gì thay đổi; tin vẫn được gửi như trước."


async def test_what_could_be_two_words_is_asked_and_never_decided(council: Council) -> None:
    lan = council.chat("Lan")
    assert await lan.says("vang") == "“vang” có thể hiểu theo hai cách. Ý đồng chí là từ nào?"
    assert (await lan.seen())[-1].buttons == ("Vâng", "Vắng")
    assert await lan.presses("Vâng") == await lan.says("vâng")
