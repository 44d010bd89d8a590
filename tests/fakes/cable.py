"""The cable to a fake: where it is cut, nobody's connection is taken, as where a provider is blocked or down."""

from dataclasses import dataclass

from aiohttp import web

from tests.timepiece import others_go_on

HOST = "127.0.0.1"
# of the event loop, until the other end of a connection of this machine has seen that it is over
_TURNS = 20


@dataclass(slots=True)
class Cable:
    """Leads from a port of loopback (0: any that is free) to what `runner` serves."""

    runner: web.AppRunner
    port: int
    _site: web.TCPSite | None = None

    @property
    def is_cut(self) -> bool:
        """Tell whether nobody is let through."""
        return self._site is None

    async def join(self) -> None:
        """Let whoever asks through; after a cut at the port where he asked before."""
        self._site = web.TCPSite(self.runner, HOST, self.port)
        await self._site.start()
        self.port = self.runner.addresses[0][1]

    async def cut(self) -> None:
        """Take no connection any more, and end those that stand; whoever held one knows it by then."""
        if self._site is not None:
            await self._site.stop()
            self._site = None
        for connection in self.runner.server.connections if self.runner.server is not None else ():
            connection.force_close()
        await others_go_on(_TURNS)
