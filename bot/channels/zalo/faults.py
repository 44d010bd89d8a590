"""What the platform says of a bot, in sentences for whoever set it up."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from bot.channels.zalo.errors import OverQuota
from bot.loopback import is_here
from handlers.kit import ChannelError, Text, Unsent, Wait, t

_SERVED: Final = "webhook.ok"
_REFUSED: Final = "webhook.http.403"


def of_refusal(bot: str, error: ChannelError) -> Text:
    """Say why the platform could not be asked about a bot."""
    match error:
        case OverQuota():
            return t(
                "Zalo lets bot {bot} send nothing more at present ({reason}): its messages of this month are used up. "
                "Please add the token of one more bot and move people to it (“chuyenbot”).",
                bot=bot,
                reason=str(error),
            )
        case Wait():
            return t(
                "Zalo does not know the token of bot {bot} ({reason}): copy it once more from Bot Creator into "
                "DONDOC_ZALO_TOKENS.",
                bot=bot,
                reason=str(error),
            )
        case Unsent():
            return t("Zalo cannot be reached ({reason}); look at the line and at DONDOC_ZALO_API.", reason=str(error))
        case _:
            return t("Zalo did not answer as it should ({reason}); try again in a while.", reason=str(error))


def of_webhook(bot: str, found: str, url: str) -> Iterator[Text]:
    """Say what keeps updates from coming: `found` is where the platform posts, `url` where it should ("": nowhere)."""
    if found and not url:
        yield t(
            "Zalo still posts what is written to bot {bot} to another address; start the assistant, which ends that, "
            "or set DONDOC_PUBLIC_URL.",
            bot=bot,
        )
    if url and urlsplit(url).scheme != "https" and not is_here(url):
        yield t("Zalo posts only to https; {url} is not such an address: correct DONDOC_PUBLIC_URL.", url=url)
    elif url and found and found != url:
        yield t(
            "Zalo posts what is written to bot {bot} to an address that is not ours ({found}); start the assistant, "
            "which corrects it, and end whatever else uses this token.",
            bot=bot,
            found=found,
        )
    elif url and not found:
        yield t("Zalo has not been told to post to {url} yet; start the assistant, which tells it.", url=url)


def of_trial(tried: Mapping[str, Any], url: str) -> Iterator[Text]:
    """Say what came of the platform's own trial of our address."""
    outcome = str(tried.get("outcome", ""))
    if tried.get("ok") is True or outcome == _SERVED:
        return
    if outcome == _REFUSED:
        yield t(
            "Zalo is refused at {url} before the assistant is reached (403): at the CDN or reverse proxy, turn off the "
            "check of browsers (Cloudflare: Browser Integrity Check) for this path.",
            url=url,
        )
    else:
        yield t(
            "Zalo could not post to {url} ({outcome}); look at the reverse proxy, its certificate and the firewall.",
            url=url,
            outcome=outcome or str(tried.get("hint", "")),
        )
