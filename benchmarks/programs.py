"""Programs under test, each a process of its own: started in a folder of the run, looked at from outside, ended."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

ROOT: Final = Path(__file__).resolve().parent.parent
HOST: Final = "127.0.0.1"
_START_SECONDS: Final = 60.0
_STOP_SECONDS: Final = 20.0
_TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Program:
    """A process that runs."""

    process: subprocess.Popen[str]
    log: Path

    def cpu_seconds(self) -> float:
        """How much processor time it has had, its own and the system's for it."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text("ascii")
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def resident_mib(self) -> float:
        """How much memory it has in hand, in MiB."""
        found = memory_mib(self.process.pid, "VmRSS")
        assert found is not None, f"Process {self.process.pid} has ended: {self.said()}"
        return found

    def tell(self, line: str) -> str:
        """Say a line to it and wait for the line that it answers."""
        stdin, stdout = _pipes(self.process)
        stdin.write(line + "\n")
        stdin.flush()
        answer = stdout.readline()
        assert answer, f"The program ended: {self.said()}"
        return answer

    def said(self) -> str:
        """Give the end of its log."""
        return self.log.read_text("utf-8", errors="replace")[-2000:]


def memory_mib(process: int | str, measure: str) -> float | None:
    """Give a measure of a process's memory, as "VmRSS", in MiB; None where it has ended."""
    for line in Path(f"/proc/{process}/status").read_text("ascii").splitlines():
        if line.startswith(f"{measure}:"):
            return int(line.split()[1]) / 1024
    return None


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


@contextmanager
def running(module: str, *args: object, folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[Program]:
    """Run `python -m module` in a folder for as long as the block runs; its log stays there until the run ends."""
    log = folder / f"{module}.log"
    with log.open("a", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *map(str, args)],
            cwd=folder,
            env={**_environment(), **(settings or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        yield Program(process, log)
    finally:
        _end(process)


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DONDOC_")}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def _end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.communicate(timeout=_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def free_port() -> int:
    """Find a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_open(program: Program, port: int) -> None:
    """Wait until a program listens; raises AssertionError with the end of its log where it does not."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and program.process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"Nothing listens on {port}: {program.said()}")
