"""What was typed in place of a button, and what could be two things: asked, never decided."""

from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.kit import Call, Choice, Press, Reply, Text, t
from models.addresses import Chat
from models.inbox import Prompt
from models.menus import numbered_choice
from models.outbox import Parcel, ParcelState
from models.rules.numbers import typed_number
from models.rules.words import CONFUSABLE, fold, is_confusable, sure

# not a command: the words of its argument are heard as if they had been typed
SAID: Final = "noi"
# what a bare number may answer: which number a paper bears, how much is done, the figure that a notice asks for
_NUMBERS: Final = frozenset({"paper", "percent"})
_FIGURES: Final = frozenset({"thongbao.traloi", "thongbao.ghi"})
_SHORT: Final = 3


async def typed_choice(session: AsyncSession, chat: Chat, text: str) -> Press | None:
    """Find the choice whose number, or whose label, was typed; the label must be that of the newest message."""
    if (number := typed_number(text)) is not None:
        found = await numbered_choice(session, chat.id, number)
        return Press(found.parcel_id, found.index) if found else None
    newest = await _newest(session, chat)
    if newest is None or newest.content is None:
        return None
    labels = [choice["label"] for choice in newest.content["choices"]]
    label = sure(text, labels)
    return Press(newest.id, labels.index(label)) if label is not None else None


async def _newest(session: AsyncSession, chat: Chat) -> Parcel | None:
    """Read the message that was sent last to a chat."""
    return await session.scalar(
        select(Parcel)
        .where(Parcel.chat_id == chat.id, Parcel.state == ParcelState.SENT)
        .order_by(Parcel.sent_at.desc(), Parcel.id.desc())
        .limit(1)
    )


async def is_of_the_question(session: AsyncSession, prompt: Prompt, press: Press) -> bool:
    """Tell whether a choice stands beneath the open question itself, one that no bare number answers otherwise."""
    if prompt.hole in _NUMBERS or prompt.call["command"] in _FIGURES:
        return False
    letters = select(Parcel.letter_id).where(Parcel.id.in_((prompt.parcel_id, press.parcel_id))).distinct()
    return len((await session.scalars(letters)).all()) == 1


async def number_or_answer(session: AsyncSession, prompt: Prompt, press: Press, text: str) -> Reply:
    """Ask whether a number answers the open question or chooses from a menu."""
    parcel = await session.get_one(Parcel, press.parcel_id)
    content: dict[str, Any] = parcel.content or {}
    chosen = content["choices"][press.index]
    call = Call.from_json(prompt.call).with_arg(prompt.hole, text)
    return Reply(
        t("“{text}” can answer the question or choose from the list. Which is meant?", text=text),
        choices=(
            Choice(t("The answer: {text}", text=text), call),
            Choice(t("The choice: {label}", label=chosen["label"]), Call.from_json(chosen["call"])),
        ),
    )


def two_meanings(text: str) -> Reply | None:
    """Ask which of two words was meant where a few words, typed without diacritics, could be either."""
    if len(text.split()) > _SHORT or not is_confusable(text):
        return None
    pair = next(pair for pair in CONFUSABLE if fold(pair[0]) in fold(text).split())
    meant = [_with(text, word) for word in pair]
    return Reply(
        t("“{text}” can be read in two ways. Which is meant?", text=text),
        choices=tuple(Choice(_own(words), Call(SAID, {"text": words})) for words in meant),
    )


def _with(text: str, word: str) -> str:
    return " ".join(word if fold(typed) == fold(word) else typed for typed in text.split())


def _own(words: str) -> Text:
    """Put somebody's own words on a button."""
    return t("{words}", words=words)
