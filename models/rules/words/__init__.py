"""Plain words: the commands, answers and reports that people type, with diacritics or without."""

from models.rules.spelling import fold
from models.rules.words.certainty import CONFUSABLE, is_confusable, is_never_mind, sure, yes_or_no
from models.rules.words.commands import Typed, command_of, is_glued
from models.rules.words.courtesies import is_thanks
from models.rules.words.intents import Intent, Meant, intent
from models.rules.words.several import Part, several

__all__ = [
    "CONFUSABLE",
    "Intent",
    "Meant",
    "Part",
    "Typed",
    "command_of",
    "fold",
    "intent",
    "is_confusable",
    "is_glued",
    "is_never_mind",
    "is_thanks",
    "several",
    "sure",
    "yes_or_no",
]
