"""The vocabulary in which handlers hear and answer; the only thing that channels know of the house."""

from handlers.kit.channel import (
    Abilities,
    Channel,
    ChannelError,
    FileIn,
    FileOut,
    Heard,
    Message,
    Permanent,
    Press,
    Unknown,
    Unsent,
    Wait,
)
from handlers.kit.context import ClockContext, Context, FileMaker, LetterContext, Making, Owed, Speaker, Spread
from handlers.kit.registry import Command, Job, Registry, card, command, discover, every, heard, letter
from handlers.kit.words import LISTING, Ask, Call, Choice, Reply
from models.rules.text import N_, Refusal, Text, t
from models.subjects import Subject, subject_of

__all__ = [
    "LISTING",
    "N_",
    "Abilities",
    "Ask",
    "Call",
    "Channel",
    "ChannelError",
    "Choice",
    "ClockContext",
    "Command",
    "Context",
    "FileIn",
    "FileMaker",
    "FileOut",
    "Heard",
    "Job",
    "LetterContext",
    "Making",
    "Message",
    "Owed",
    "Permanent",
    "Press",
    "Refusal",
    "Registry",
    "Reply",
    "Speaker",
    "Spread",
    "Subject",
    "Text",
    "Unknown",
    "Unsent",
    "Wait",
    "card",
    "command",
    "discover",
    "every",
    "heard",
    "letter",
    "subject_of",
    "t",
]
