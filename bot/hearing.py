"""What a chat meant: a button, the answer to an open question, a command, or free words."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.doubts import SAID, is_of_the_question, number_or_answer, two_meanings, typed_choice
from handlers.kit import Call, Command, FileIn, Heard, Press, Refusal, Registry, Reply, Subject, t
from models.addresses import Chat
from models.inbox import Prompt
from models.outbox import Parcel, ParcelState
from models.people import Person
from models.readings import mark_read
from models.rules.words import command_of, is_glued, is_never_mind, is_thanks
from models.subjects import version_held

# what one message of a messenger holds
LONGEST = 4096
# the hole of a question that asks for a line of several parts
_LINE = "line"
_DRAWN_ANEW = (
    select(Parcel.id)
    .where(Parcel.target_id == bindparam("card"), Parcel.id > bindparam("pressed"), Parcel.state == ParcelState.SENT)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Meant:
    """The command to run with its arguments; `pressed` is the subject of the card whose button it was.

    `stale` is that subject where it has changed since the button was shown.
    """

    command: Command
    args: dict[str, Any]
    line: str = ""
    files: tuple[FileIn, ...] = ()
    stale: Subject | None = None
    pressed: Subject | None = None


@dataclass(frozen=True, slots=True)
class Hearing:
    """Understands one update of one chat; its open question, however old, is left or answered here."""

    session: AsyncSession
    registry: Registry
    chat: Chat
    person: Person | None
    now: datetime
    question: Prompt | None

    async def meaning(self, heard: Heard) -> Meant | Reply:
        """Find what was meant, or what has to be asked or said instead of carrying anything out. Raises Refusal."""
        if len(heard.text) > LONGEST:
            raise Refusal(
                t(
                    "This message is longer than {limit} characters and was not recorded; please send it as a file.",
                    limit=LONGEST,
                )
            )
        if heard.in_group:
            return Meant(self.registry.events[f"group.{heard.event or 'said'}"], {}, heard.text)
        if heard.event:
            # what strangers do besides speaking is not answered
            happened = self.registry.events[heard.event if self.person else "nothing"]
            return Meant(happened, {"messages": list(heard.read)} if heard.read else {}, files=heard.files)
        if heard.call is not None:
            return await self._called(heard.call, heard)
        if heard.press is not None:
            return await self._pressed(heard.press)
        return await self._said(heard)

    async def _called(self, call: Call, heard: Heard) -> Meant:
        command = self.registry.commands.get(call.command)
        if command is None:
            raise Refusal(t("This choice is no longer offered; please send “trogiup” to see what can be said."))
        return Meant(command, dict(call.args), files=heard.files)

    async def _pressed(self, press: Press) -> Meant | Reply:
        await self._leave_question()
        parcel = await self.session.get(Parcel, press.parcel_id)
        choices = parcel.content["choices"] if parcel is not None and parcel.content else []
        if parcel is None or not self._is_ours(parcel) or not 0 <= press.index < len(choices):
            raise Refusal(t("This button does not belong to this conversation; please send “nhiemvu” for your tasks."))
        if parcel.tells_reading and self.person is not None:
            await mark_read(self.session, self.person.id, [parcel.provider_id], self.now)
        call = Call.from_json(choices[press.index]["call"])
        if call.command == SAID:
            return self._in_words(Heard(text=str(call.args["text"])))
        meant = await self._called(call, Heard())
        if parcel.subject_id is None:
            return meant
        subject = Subject(parcel.subject_kind, parcel.subject_id)
        return replace(meant, pressed=subject, stale=subject if await self._is_old(parcel, subject) else None)

    def _is_ours(self, parcel: Parcel) -> bool:
        """Tell whether a message was for whoever speaks; a chat may have served somebody else before."""
        if self.person is None or parcel.person_id is None:
            return parcel.chat_id == self.chat.id
        return parcel.person_id == self.person.id

    async def _is_old(self, parcel: Parcel, subject: Subject) -> bool:
        """Tell whether the subject has changed since the card was drawn, or the card was drawn anew since."""
        if await version_held(self.session, subject) != parcel.subject_version:
            return True
        card = parcel.target_id or parcel.id
        return await self.session.scalar(_DRAWN_ANEW, {"card": card, "pressed": parcel.id}) is not None

    async def _said(self, heard: Heard) -> Meant | Reply:
        begins_anew = not heard.forwarded and self._begins_anew(heard.text)
        if begins_anew:
            await self._leave_question()
        prompt = None if begins_anew else self._open_question()
        if prompt is not None and (answer := await self._answered(prompt, heard)) is not None:
            return answer
        if heard.forwarded and self.person is not None:
            return Meant(self.registry.events["forwarded"], {}, heard.text, heard.files)
        meant = self._in_words(heard)
        if meant.command.name in self.registry.commands or heard.files:
            return meant
        if (press := await typed_choice(self.session, self.chat, heard.text)) is not None:
            return await self._pressed(press)
        return meant if self.person is None else two_meanings(heard.text) or meant

    def _begins_anew(self, text: str) -> bool:
        """Tell whether a line is a command whatever question is open: with the slash, or in a word nobody says.

        Where a line of several parts is asked for, as "SYT: …; 25/6", nothing but a command's word answers nothing.
        """
        words = self.registry.words()
        if text.lstrip().startswith("/") or is_glued(text, words):
            return True
        prompt = self._open_question()
        return prompt is not None and prompt.hole == _LINE and command_of(text, words) is not None

    def _in_words(self, heard: Heard) -> Meant:
        """Take a line for a command or, where it is none, for free words."""
        typed = command_of(heard.text, self.registry.words(), self.registry.taking_lines())
        if typed is not None:
            return Meant(self.registry.commands[typed.command], {}, typed.rest, heard.files)
        event = "stranger" if self.person is None else _event(heard)
        return Meant(self.registry.events[event], {}, heard.text, heard.files)

    async def _answered(self, prompt: Prompt, heard: Heard) -> Meant | Reply | None:
        """Complete the call of an open question; None where what came does not fit its hole."""
        if not heard.files and is_never_mind(heard.text):
            await self._leave_question()
            return Reply(t("The question was left; nothing was recorded."))
        if bool(heard.files) is not (prompt.hole == "files") or (not heard.files and is_thanks(heard.text)):
            return None
        press = await typed_choice(self.session, self.chat, heard.text) if heard.text.isdecimal() else None
        if press is not None:
            return await self._numbered(prompt, press, heard.text)
        await self._leave_question()
        call = Call.from_json(prompt.call)
        return await self._called(call if heard.files else call.with_arg(prompt.hole, heard.text), heard)

    async def _numbered(self, prompt: Prompt, press: Press, text: str) -> Meant | Reply:
        """Take a number for the choice that bears it; where it may as well answer the open question, ask."""
        if await is_of_the_question(self.session, prompt, press):
            return await self._pressed(press)
        return await number_or_answer(self.session, prompt, press, text)

    def _open_question(self) -> Prompt | None:
        return self.question if self.question is not None and self.question.expires_at > self.now else None

    async def _leave_question(self) -> None:
        if self.question is not None:
            await self.session.execute(delete(Prompt).where(Prompt.chat_id == self.chat.id))


def _event(heard: Heard) -> str:
    """Name what was heard without being a command; a photo that words came with begins a matter of its own."""
    if not heard.files:
        return "text"
    return "photo" if heard.one_by_one and not heard.text else "file"
