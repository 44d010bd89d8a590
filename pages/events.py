"""What happens in a conversation, as it happens: server-sent events that go on from the last one received."""

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sse_starlette import ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response

from models.conversation import Entry, chats_of, since
from models.inbox import Prompt
from models.lost_phones import is_ended
from models.outbox import Parcel
from pages.bubbles import bubble, cursor_of, day_of
from pages.desk import CLOCK_TOPIC
from pages.reader import Reader, reader_of, sample_bar
from pages.streams import Stream, alone
from pages.visit import Visit, visit

# what two writers commit at once may become visible in another order than their moments say: a transaction may run so
# long, and a page takes what it knows already for an edit
_OVERLAP: Final = timedelta(minutes=1)
_FARTHEST: Final = timedelta(days=31)


async def asking(session: AsyncSession, reader: Reader, now: datetime) -> str | None:
    """Give the question that a chat still owes an answer to, in one line."""
    content = await session.scalar(
        select(Parcel.content)
        .join(Prompt, Prompt.parcel_id == Parcel.id)
        .where(Prompt.chat_id == reader.chat.id, Prompt.expires_at > now)
    )
    lines = content["lines"] if content else ()
    return next((line for line in reversed(lines) if line.endswith("?")), lines[-1] if lines else None)


async def follow(request: Request) -> Response:
    """Send what happens in the conversation."""
    return alone(await stream(request))


async def stream(request: Request) -> Stream | None:
    """Give what is said, sent and edited from the cursor on, as long as the page is open; None to who may not read."""
    come = await visit(request)
    if come.reader is None:
        return None
    cursor = request.headers.get("last-event-id") or request.query_params.get("after", "")
    return _events(come, come.reader, _moment(cursor, come))


def _moment(cursor: str, come: Visit) -> datetime:
    """Read the moment of a cursor; a page that never showed anything begins now, none a month ago or tomorrow."""
    now = come.desk.now()
    try:
        moment = datetime.fromisoformat(cursor.partition("|")[0])
    except ValueError:
        return now
    return min(max(moment if moment.tzinfo else moment.replace(tzinfo=UTC), now - _FARTHEST), now)


async def _events(come: Visit, reader: Reader, moment: datetime) -> Stream:
    shown: dict[str, tuple[int, str]] = {}
    asked: str | None = ""
    clock = ""
    with come.desk.news(CLOCK_TOPIC, *(come.desk.topic(chat) for chat in reader.chats)) as bell:
        while not come.desk.stopping.is_set():
            moment = min(moment, come.desk.now())  # the clock may have been set back
            async with come.desk.read() as session:
                if await is_ended(session, reader.chat):
                    return
                # looked up anew: a chat that was closed must not go on showing the person's others
                chats = await chats_of(session, reader.chat)
                entries = await since(session, chats, moment - _OVERLAP)
                question = await asking(session, reader, come.desk.now())
                has_joined = await _has_joined(come.request, session, reader)
            for entry in entries:
                if shown.get(entry.key) == (entry.shown_id, entry.state):
                    continue
                kind = "edit" if entry.key in shown or entry.shown_id != entry.id else "bubble"
                shown[entry.key] = (entry.shown_id, entry.state)
                moment = max(moment, entry.changed_at)
                yield _event(come, entry, kind)
            if has_joined:
                yield ServerSentEvent("", event="joined")
                return
            if question != asked:
                asked = question
                yield ServerSentEvent(question or "", event="asking")
            if come.desk.sample and (now := sample_bar(come.desk, come.frame.locale).now) != clock:
                clock = now
                yield ServerSentEvent(now, event="clock")
            await bell.rung(come.desk.look_seconds)


async def _has_joined(request: Request, session: AsyncSession, reader: Reader) -> bool:
    """Tell whether whoever was nobody yet when the page was loaded is somebody now."""
    if reader.person is not None:
        return False
    now = await reader_of(request, session)
    return now is not None and now.person is not None


def _event(come: Visit, entry: Entry, kind: str) -> ServerSentEvent:
    html = come.part("_bubble.html", bubble=bubble(come, entry), day=day_of(come, entry))
    return ServerSentEvent(html, event=kind, id=cursor_of(entry))
