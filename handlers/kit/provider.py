"""What a channel is besides, where a provider stands between us and the people."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Protocol

from handlers.kit.channel import Channel, FileThere
from models.rules.text import Text


class Service(Channel, Protocol):
    """A channel that a provider serves: what people write there is asked for, or posted to our web part."""

    async def open(self) -> None:
        """Make ready to speak with the provider; nothing is said yet."""
        ...

    async def close(self) -> None:
        """End all connections."""
        ...

    def update_id(self, raw: Mapping[str, Any]) -> str:
        """Name a raw update as the provider numbers it; raises ValueError for what is no update."""
        ...

    def goes_on_after(self, updates: Sequence[str], before: str) -> str:
        """Give the number of the update after which to ask next; "" where updates are asked for without a number."""
        ...

    async def poll(self, bot: str, after: str) -> Sequence[Mapping[str, Any]]:
        """Ask for the updates after one that was stored ("": the oldest), waiting a while for the first.

        Asking for what comes after an update tells the provider that it was stored. Raises ChannelError.
        """
        ...

    async def subscribe(self, bot: str, url: str, secret: str) -> None:
        """Have updates posted to an address with a secret ("": have them kept to be asked for); raises ChannelError."""
        ...

    def is_posted(self, headers: Mapping[str, str], secret: str) -> bool:
        """Tell, in constant time, whether what was posted to our address bears the secret."""
        ...

    async def stored(self, bot: str, raw: Mapping[str, Any]) -> None:
        """Let the person see that his press was heard, once it is stored; raises ChannelError."""
        ...

    def fetch(self, bot: str, file: FileThere) -> AsyncIterator[bytes]:
        """Give the bytes of a file that lies with the provider; raises ChannelError, Refusal where it is too large."""
        ...

    async def introduce(self, bot: str) -> str:
        """Ask for the name under which people find the bot, and keep it; raises ChannelError."""
        ...

    async def offer(self, bot: str, chat: str, words: Sequence[tuple[str, str]]) -> None:
        """Show in a chat what can be said there: words with their meaning; raises ChannelError."""
        ...

    async def faults(self, bot: str, url: str) -> Sequence[Text]:
        """Ask the provider and say in a sentence each what would keep this bot from working; `url` as subscribed."""
        ...

    async def unposted(self, bot: str, url: str, *, trial: bool = False) -> Sequence[Text]:
        """Ask the provider and say in a sentence each what keeps updates from being posted to `url` at this moment.

        `trial`: let it try, which it does seldom; raises ChannelError, also where it cannot be told.
        """
        ...

    def invitation(self, bot: str, code: str, *, to_group: bool = False) -> str:
        """Give the link that opens the chat with a join code; "" while the provider has not told the bot's name."""
        ...
