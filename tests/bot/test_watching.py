"""Whether what is posted still arrives is looked at each minute: the provider is asked, our own address tried."""

import asyncio
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from bot.app import watches
from bot.hooks import Hook
from bot.watching import Watch
from handlers.kit import ChannelError, Rejected, Text, Unsent, t
from models.addresses import Chat
from models.darkness import dark_lanes
from models.inbox import Inbound
from tests.chats import Council
from tests.phones import a_telegram_council, an_empty_posted_council
from tests.zalo_phones import a_posted_zalo_council

SILENT = (
    "Địa chỉ {url} của hệ thống không trả lời ({reason}); đề nghị kiểm tra máy chủ trung gian (reverse "
    "proxy), chứng thư và tường lửa."
)


@dataclass
class Provider:
    """Says what keeps it from posting, and what its own trial finds; counts the trials."""

    told: list[Text] = field(default_factory=list)
    found: list[Text] = field(default_factory=list)
    refusal: ChannelError | None = None
    trials: int = 0
    name: str = "zalo"
    its_bot: str = "1"

    async def unposted(self, bot: str, url: str, *, trial: bool = False) -> Sequence[Text]:
        assert (bot, url.rpartition("/")[2]) == (self.its_bot, self.its_bot)
        if not trial:
            return self.told
        self.trials += 1
        if self.refusal is not None:
            raise self.refusal
        return self.found


def a_watch(council: Council, provider: Any) -> Watch:
    """Watch an address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as once:
        site = f"http://127.0.0.1:{once.getsockname()[1]}"
    assistant = council.assistant
    say = assistant.composer.catalogues.speech("vi", assistant.config.zone).say
    return Watch(assistant.database, assistant.clock, Hook(provider, "1", "secret"), site, say)


async def known(council: Council) -> list[tuple[str, str]]:
    async with council.read() as session:
        return [(lane.key, lane.dark_reason) for lane in await dark_lanes(session)]


async def test_where_our_address_is_silent_and_nobody_can_try_it_nothing_arrives(council: Council) -> None:
    provider = Provider(refusal=Rejected("cap reached"))
    watch = a_watch(council, provider)
    await watch.once()
    url = f"{watch.site}{watch.hook.path}"
    assert await known(council) == [("hook:zalo:1", SILENT.format(url=url, reason="ClientConnectorError"))]
    provider.refusal = None
    await council.clock.move(minutes=90)
    await watch.once()
    assert (await known(council), provider.trials) == ([], 2)


async def test_a_server_that_cannot_reach_itself_goes_by_the_providers_own_trial_now_and_then(council: Council) -> None:
    provider = Provider()
    watch = a_watch(council, provider)
    for _ in range(3):
        await watch.once()
        await council.clock.move(minutes=1)
    assert (await known(council), provider.trials) == ([], 1)
    provider.found = [t("Working hours cannot be read")]
    await council.clock.move(hours=3)
    await watch.once()
    assert (await known(council), provider.trials) == ([("hook:zalo:1", "Working hours cannot be read")], 2)
    provider.found = []
    await council.clock.move(hours=3)
    await watch.once()
    assert await known(council) == []


async def test_what_the_provider_tells_counts_at_once(council: Council) -> None:
    provider = Provider(told=[t("Working hours cannot be read")])
    await a_watch(council, provider).once()
    assert (await known(council), provider.trials) == ([("hook:zalo:1", "Working hours cannot be read")], 0)


async def test_telegram_that_posts_elsewhere_is_noticed_and_its_return_too(sqlite_url: str, tmp_path: Path) -> None:
    async with a_telegram_council(sqlite_url, tmp_path, opened=an_empty_posted_council) as council:
        (watch,) = watches(council.assistant)
        await watch.once()
        assert await known(council) == []
        channel, bot = watch.hook.channel, watch.hook.bot
        await channel.subscribe(bot, "http://127.0.0.1:1/elsewhere", "secret")
        await watch.once()
        assert await known(council) == [
            (
                f"hook:telegram:{bot}",
                "Telegram đang gửi tin đến địa chỉ không phải của trợ lý; khởi động trợ lý để sửa lại.",
            )
        ]
        await channel.subscribe(bot, f"{watch.site}{watch.hook.path}", watch.hook.secret)
        await watch.once()
        assert await known(council) == []


@pytest.mark.parametrize("trial", [False, True])
async def test_zalo_that_posts_to_us_has_nothing_to_tell(sqlite_url: str, tmp_path: Path, trial: bool) -> None:  # noqa: FBT001
    async with a_posted_zalo_council(sqlite_url, tmp_path) as council:
        watch, *_ = watches(council.assistant)
        url = f"{watch.site}{watch.hook.path}"
        assert list(await watch.hook.channel.unposted(watch.hook.bot, url, trial=trial)) == []
        await replace(watch).once()
        assert await known(council) == []


async def test_a_provider_that_cannot_be_asked_ends_nothing(council: Council) -> None:
    @dataclass
    class Unreachable(Provider):
        async def unposted(self, bot: str, url: str, *, trial: bool = False) -> Sequence[Text]:
            self.trials += 1
            raise Unsent(f"no route to {bot} for {url}, {trial}")

    provider, stopping = Unreachable(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(a_watch(council, provider).run(stopping))
        while provider.trials < 2:
            await council.clock.goes_on()
        stopping.set()
    assert await known(council) == []


async def test_what_arrives_shows_that_a_messenger_posts_to_us_again(council: Council) -> None:
    provider = Provider(found=[t("Working hours cannot be read")])
    watch = a_watch(council, provider)
    await watch.once()
    assert await known(council) == [("hook:zalo:1", "Working hours cannot be read")]
    await council.clock.move(minutes=1)
    async with council.write() as session:
        chat = Chat(channel="zalo", bot="1", external_id="z1")
        session.add(chat)
        await session.flush()
        session.add(Inbound(channel="zalo", bot="1", update_id="u1", chat_id=chat.id, heard_at=council.clock.now()))
    await watch.once()
    assert (await known(council), provider.trials) == ([], 1)


async def test_what_we_reach_ourselves_may_be_closed_to_the_provider(sqlite_url: str, tmp_path: Path) -> None:
    async with a_posted_zalo_council(sqlite_url, tmp_path) as council:
        watch, *_ = watches(council.assistant)
        provider: Any = Provider(found=[t("Working hours cannot be read")], its_bot=watch.hook.bot)
        watch = replace(watch, hook=replace(watch.hook, channel=provider))
        await watch.once()
        said = [(f"hook:zalo:{watch.hook.bot}", watch.say(t("Working hours cannot be read")))]
        assert (await known(council), provider.trials) == (said, 1)


async def test_our_address_is_tried_where_updates_are_posted(sqlite_url: str, tmp_path: Path) -> None:
    async with a_posted_zalo_council(sqlite_url, tmp_path) as council:
        watch, *_ = watches(council.assistant)
        watch = replace(watch, hook=Hook(Provider(refusal=Rejected("cap reached")), "1", "secret"))  # type: ignore[arg-type]
        await watch.once()
        url = f"{watch.site}{watch.hook.path}"
        assert await known(council) == [("hook:zalo:1", SILENT.format(url=url, reason="HTTP 404"))]
