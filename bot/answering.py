"""The answer to what was heard: its letter, its parcel and the question it opens, in the transaction of its effects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete

from bot.render import CARD, Composer
from bot.waker import OUTBOX, will_wake
from handlers.kit import Ask, Channel, Context, Reply
from models.fallback import lane_of
from models.ids import new_id
from models.inbox import Inbound, Prompt
from models.outbox import Letter, Parcel, ParcelState, Priority
from models.outcomes import list_subjects


@dataclass(frozen=True, slots=True)
class Answering:
    """Writes answers; where the committed parcel is the message, it is put into words at once."""

    channels: Mapping[str, Channel]
    composer: Composer

    async def answer(self, context: Context, inbound: Inbound, reply: Reply) -> Parcel:
        """Owe this chat the answer to one update."""
        letter = Letter(id=new_id(), kind="", content=reply.as_json(), params={}, created_at=context.now)
        parcel = _parcel(context, inbound, letter, reply)
        if self.channels[context.chat.channel].abilities.instant:
            composed = await self.composer(context.session, parcel, letter, context.now, context.council)
            if composed is not None:
                parcel.content = composed.content
                if composed.subject is not None:
                    parcel.subject_kind, parcel.subject_id = composed.subject.kind, composed.subject.id
                parcel.subject_version = composed.version
                parcel.closed = composed.closed
            parcel.state, parcel.sent_at = ParcelState.SENT, context.now
        else:
            will_wake(context.session, OUTBOX)
        context.session.add_all([letter, parcel])
        if reply.about:
            await context.session.flush()
            await list_subjects(context.session, {parcel.id: reply.about})
        if reply.ask is not None:
            await _open_question(context, reply.ask, parcel)
        return parcel


async def _open_question(context: Context, ask: Ask, parcel: Parcel) -> None:
    await context.session.flush()
    await context.session.execute(delete(Prompt).where(Prompt.chat_id == context.chat.id))
    context.session.add(
        Prompt(
            chat_id=context.chat.id,
            call=ask.call.as_json(),
            hole=ask.hole,
            parcel_id=parcel.id,
            asked_at=context.now,
            expires_at=context.now + timedelta(hours=context.council.question_hours),
        )
    )


def _parcel(context: Context, inbound: Inbound, letter: Letter, reply: Reply) -> Parcel:
    return Parcel(
        id=new_id(),
        letter_id=letter.id,
        key=f"in:{inbound.id}",
        person_id=context.person.id if context.person else None,
        chat_id=context.chat.id,
        lane=lane_of(context.chat),
        priority=int(Priority.ANSWER),
        kind=CARD if reply.card and not reply.lines else "",
        subject_kind=reply.card.kind if reply.card else "",
        subject_id=reply.card.id if reply.card else None,
        not_before=context.now,
        created_at=context.now,
        op="send",
    )
