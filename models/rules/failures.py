"""Why a message did not arrive, in words: what providers and the courier say, translated where it is known."""

from typing import Final

from models.rules.spelling import fold
from models.rules.text import Text, t

# as the courier, the Telegram Bot API and the Zalo Bot Platform word them, folded
_KNOWN: Final[tuple[tuple[str, Text], ...]] = (
    ("no address", t("has not joined, or left")),
    ("telephone lost", t("the telephone was reported lost")),
    ("unsure", t("sent twice without an answer from the provider; it may have arrived")),
    ("blocked by the user", t("blocked the assistant")),
    ("not permitted to send", t("blocked the assistant, or has not written to it yet")),
    ("chat_id is inva", t("the chat no longer exists")),
    ("user is deactivated", t("the account no longer exists")),
    ("chat not found", t("the chat no longer exists")),
    ("initiate conversation", t("has not opened the chat with the assistant")),
    ("kicked", t("removed the assistant from the chat")),
    ("message is too long", t("the message is too long for this messenger")),
    ("too large", t("the file is too large for this messenger")),
    ("token refused", t("the messenger does not know the assistant’s token")),
    ("quota exceeded", t("the assistant has used up what the messenger lets it send")),
    ("incident", t("it could not be put into words; the operator was told")),
    ("no answer", t("sent, and not answered")),
    ("lane dark", t("the messenger could not be reached")),
    ("connectorerror", t("the messenger could not be reached")),
    ("disconnected", t("the messenger could not be reached")),
    ("proxyerror", t("the messenger could not be reached")),
    ("no route", t("the messenger could not be reached")),
    ("timed out", t("the messenger could not be reached")),
    ("timeout", t("the messenger could not be reached")),
)


def failure_in_words(reason: str) -> Text:
    """Say why a message failed; a reason that is not known is quoted, for the operator."""
    folded = fold(reason)
    known = next((words for sign, words in _KNOWN if sign in folded), None)
    if known is not None:
        return known
    return t("the messenger refused it: “{reason}”", reason=reason) if reason.strip() else t("the reason is not known")
