"""A courier as a program of its own, for tests that kill it: python -m tests.bot.sender run|drain URL LOG SECONDS.

The log, to which lines are only appended, is the provider: what stands there has arrived, whoever dies. Each delivered
line is also told on standard output. Business time is SECONDS ahead. `drain` ends when nothing more may leave.
"""

import asyncio
import os
import random
import signal
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from bot import log
from bot.courier import Courier
from bot.database import Database
from bot.desk import Desk
from bot.lanes import Lane
from bot.lock import sole_holder
from bot.pace import Pace
from bot.timepiece import Clock, MovedClock
from handlers.kit import Delivered, Heard, Message
from tests.postoffice import BUTTONS, LANE, ZONE, a_link, as_written

TTL = 1.0


class Provider:
    """Delivers by appending the first line of a message to the log; asking and answering take a few milliseconds."""

    name = "paper"
    abilities = BUTTONS
    bots: Sequence[str] = ("one",)

    def __init__(self, log_file: str, clock: Clock) -> None:
        self._clock = clock
        self._log = os.open(log_file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def chat_of(self, raw: Mapping[str, Any]) -> str:
        return str(raw["chat"])

    def parse(self, raw: Mapping[str, Any]) -> Heard:
        return Heard(str(raw["text"]))

    def is_group(self, chat: str) -> bool:  # noqa: ARG002 - paper is one person's
        return False

    async def send(self, bot: str, chat: str, message: Message) -> Delivered:
        await self._on_the_wire()
        os.write(self._log, f"{message.lines[0]}\n".encode())
        sys.stdout.write(f"{bot} {chat} {message.lines[0]}\n")
        sys.stdout.flush()
        await self._on_the_wire()
        return Delivered(message.lines[0])

    async def edit(self, bot: str, chat: str, provider_id: str, message: Message) -> None:
        raise NotImplementedError(bot, chat, provider_id, message)

    async def _on_the_wire(self) -> None:
        await self._clock.sleep(random.uniform(0, 0.02))  # noqa: S311 - a network of chance


async def main(how: str, url: str, log_file: str, seconds: str) -> None:
    """Send until SIGTERM, or until nothing more may leave."""
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    clock = MovedClock(int(seconds))
    database = Database(url, clock)
    lane = Lane(database, clock, LANE, f"sender {os.getpid()}", TTL)
    courier = Courier(lane, Provider(log_file, clock), "one", Desk(as_written, BUTTONS, a_link), Pace(clock), ZONE)
    with sole_holder(url):
        await (courier.run(stopping) if how == "run" else drain(courier))
    await database.close()


async def drain(courier: Courier) -> None:
    """Wait for the lane, send all that may leave, leave the lane."""
    while not await courier.take_lane():
        await courier.lane.clock.sleep(TTL / 10)
    await courier.drain()
    await courier.release_lane()


if __name__ == "__main__":
    log.configure("WARNING")
    asyncio.run(main(*sys.argv[1:]))
