"""People who press at the same moment: all is heard first, then handled side by side."""

import asyncio
import random
from itertools import count

from bot.app import WEBCHAT
from tests.chats import Chat, Council
from tests.timepiece import others_go_on

Press = tuple[Chat, tuple[int, int]]

_RACES = count(1)
# so many turns of the loop one may be behind the other: less than a transaction takes
_BEHIND = 40


async def heard_at_once(*presses: Press, chance: random.Random | None = None) -> list[str]:
    """Let several presses be handled side by side, by `chance` some a little later; give the answers in order."""
    council = presses[0][0].council
    channel = council.assistant.channels[WEBCHAT]
    stored = [
        await council.assistant.intake.hear(
            channel, channel.bots[0], f"race:{next(_RACES)}", {"chat": chat.name, "press": list(button)}
        )
        for chat, button in presses
    ]
    behind = [chance.randrange(_BEHIND) if chance is not None else 0 for _ in presses]
    # whoever was in another's way tries again a little later
    await council.clock.goes_on_beside(
        _handled(council, {one.chat_id: late for one, late in zip(stored, behind, strict=True)})
    )
    await council.settle()
    return [await council.answered(one.inbound_id) for one in stored]


async def _handled(council: Council, chats: dict[int, int]) -> None:
    async with asyncio.TaskGroup() as handling:
        for chat_id, late in chats.items():
            handling.create_task(_finished(council, chat_id, late))


async def _finished(council: Council, chat_id: int, late: int) -> None:
    await others_go_on(late)
    await council.assistant.dispatcher.finish(chat_id)
