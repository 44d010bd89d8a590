"""Where slow paperwork is read: a process of its own, with limits of memory and time, before any transaction."""

import asyncio
import multiprocessing
import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from models.rules.text import Refusal, t

_SECONDS: Final = 60
_BYTES: Final = 1 << 30


@dataclass(slots=True)
class Workshop:
    """Runs one function on one file at a time, in a worker that is killed when it takes too long or too much."""

    seconds: float = _SECONDS
    _pool: ProcessPoolExecutor | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def prepare(self, work: Callable[[Path, str], Any], path: Path, name: str) -> Any:
        """Give what `work(path, name)` gives; raises the Refusal it raised, or one for a file that is too much."""
        async with self._turn:
            pool = self._pool or self._open()
            try:
                async with asyncio.timeout(self.seconds):
                    done, refused = await asyncio.get_running_loop().run_in_executor(pool, _outcome, work, path, name)
            except (TimeoutError, BrokenProcessPool, MemoryError) as error:
                self._kill()
                too_much = t("“{name}” takes too long to read; please send a smaller or simpler file.", name=name)
                raise Refusal(too_much) from error
        if refused is not None:
            raise refused
        return done

    def close(self) -> None:
        """Let the worker go."""
        self._kill()

    def _open(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_limit_memory)
        return self._pool

    def _kill(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        for process in list(pool._processes.values()):  # noqa: SLF001 - the pool offers no other way to end a stuck worker
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))


def _outcome(work: Callable[[Path, str], Any], path: Path, name: str) -> tuple[Any, Refusal | None]:
    """Give the result, or the refusal as a value: raised across the border it would lose where it came from."""
    try:
        return work(path, name), None
    except Refusal as refusal:
        return None, refusal
