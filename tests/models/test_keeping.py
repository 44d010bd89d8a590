"""Raw updates are forgotten after thirty days, and files that something names are kept."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.database import Database, Turn
from bot.timepiece import SystemClock
from models.addresses import Chat
from models.inbox import Inbound
from models.keeping import forget_raw, named_files
from models.papers import StoredFile

NOW = datetime(2022, 6, 9, tzinfo=UTC)


async def test_old_raw_updates_are_emptied_and_named_files_are_known(database_url: str) -> None:
    database = Database(database_url, SystemClock())
    try:
        async with database.write(Turn.IMPORT) as session:
            chat = Chat(channel="webchat", bot="browser", external_id="lan")
            session.add(chat)
            await session.flush()
            file = {"sha256": "b" * 64, "name": "a.docx", "media": "", "size": 1}
            for age, handled in ((31, True), (29, True), (40, False)):
                moment = NOW - timedelta(days=age)
                session.add(
                    Inbound(
                        channel="webchat", bot="browser", update_id=str(age), chat_id=chat.id, heard_at=moment,
                        raw={"text": "xin chào", "files": [file]}, handled_at=moment if handled else None,
                    )
                )  # fmt: skip
            session.add(StoredFile(sha256="a" * 64, name="a.docx", media="", size=1, kept_at=NOW))
        async with database.write(Turn.CLOCK) as session:
            await forget_raw(session, NOW)
        async with database.read() as session:
            kept = await session.execute(select(Inbound.update_id).where(Inbound.raw["text"].is_not(None)))
            assert {update for (update,) in kept} >= {"29", "40"}
            (gone,) = await session.scalars(select(Inbound).where(Inbound.update_id == "31"))
            assert gone.raw is None
            assert await named_files(session) == {"a" * 64, "b" * 64}
    finally:
        await database.close()
