"""What the server says of a bot, in sentences for whoever set it up."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from telegram import User, WebhookInfo

from bot.loopback import LOOPBACK
from handlers.kit import ChannelError, Text, Unsent, Wait, t

_MANY_WAITING: Final = 100
_PORTS: Final = (None, 443, 80, 88, 8443)


def of_refusal(error: ChannelError) -> Text:
    """Say why the server could not be asked."""
    match error:
        case Wait():
            return t(
                "Telegram does not know this token ({reason}): copy it once more from @BotFather into "
                "DONDOC_TELEGRAM_TOKEN.",
                reason=str(error),
            )
        case Unsent():
            return t(
                "Telegram cannot be reached ({reason}); where it is blocked, set DONDOC_TELEGRAM_PROXY or "
                "DONDOC_TELEGRAM_API.",
                reason=str(error),
            )
        case _:
            return t("Telegram did not answer as it should ({reason}); try again in a while.", reason=str(error))


def of_bot(me: User) -> Iterator[Text]:
    """Say what the bot was not allowed by whoever made it."""
    if not me.can_join_groups:
        yield t(
            "The bot @{name} may not join groups; if notices are to go to the groups of clusters, send /setjoingroups "
            "to @BotFather.",
            name=me.username or "",
        )
    if me.can_read_all_group_messages:
        yield t(
            "The bot @{name} reads all that is said in groups, which it does not need; send /setprivacy to @BotFather "
            "and enable it.",
            name=me.username or "",
        )


def of_webhook(webhook: WebhookInfo, url: str) -> Iterator[Text]:
    """Say what keeps updates from arriving; `url` is where they are to be posted, "" where they are asked for."""
    if webhook.url and not url:
        yield t(
            "Telegram still posts to another address; start the assistant, which ends that, or set DONDOC_PUBLIC_URL."
        )
    if url and not _is_postable(url):
        yield t(
            "Telegram posts only to https and to the ports 443, 80, 88 and 8443; {url} is not such an address: correct "
            "DONDOC_PUBLIC_URL, or leave it empty.",
            url=url,
        )
    elif url and not webhook.url:
        yield t("Telegram has not been told to post to {url} yet; start the assistant, which tells it.", url=url)
    if url and webhook.url and webhook.url != url:
        yield t("Telegram posts to another address than ours; start the assistant, which corrects it.")
    if url and webhook.last_error_message:
        yield t(
            "Telegram could not post to {url} ({reason}); look at the reverse proxy and its certificate.",
            url=url,
            reason=webhook.last_error_message,
        )
    if webhook.pending_update_count > _MANY_WAITING:
        yield t(
            "{count} messages wait at Telegram and have not been taken; see whether the assistant runs.",
            count=webhook.pending_update_count,
        )


def _is_postable(url: str) -> bool:
    """Tell whether the server posts to an address; on this machine, to a server of one's own, everything goes."""
    parts = urlsplit(url)
    return parts.hostname in LOOPBACK or (parts.scheme == "https" and parts.port in _PORTS)
