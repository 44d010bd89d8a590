"""The real program, started as an operator starts it: its own data folder, its own port, and its end by force."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.programs import free_port

_ROOT = Path(__file__).parent.parent.parent
_SAYS_WHERE = "Đôn Đốc: http://"


@dataclass(slots=True)
class Program:
    """`dondoc` on one data folder; `site` is where its pages are."""

    folder: Path
    port: int = field(default_factory=free_port)
    _process: "subprocess.Popen[str] | None" = None

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def runs(self, *arguments: str) -> str:
        """Carry out a command to its end and give what it prints."""
        done = subprocess.run(
            self._command(*arguments),
            env=self._environment(),
            cwd=_ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def starts(self, *options: str) -> None:
        """Start the assistant and wait until it prints its address."""
        with (self.folder / "program.log").open("a") as log:
            self._process = subprocess.Popen(
                self._command("run", *options),
                env=self._environment(),
                cwd=_ROOT,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if _SAYS_WHERE in line:
                return
        self._gone()
        raise AssertionError((self.folder / "program.log").read_text()[-2000:])

    def is_killed(self) -> None:
        """End it as a power cut does."""
        assert self._process is not None
        self._process.kill()
        self._gone()

    def stops(self) -> None:
        """End it as the operator does; what has ended already is let be."""
        if self._process is not None:
            self._process.terminate()
            self._gone()

    def _gone(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        self._process.wait()
        self._process.stdout.close()
        self._process = None

    def _command(self, *arguments: str) -> tuple[str, ...]:
        return (sys.executable, "-m", "bot", *arguments)

    def _environment(self) -> dict[str, str]:
        own = {
            "DONDOC_DATABASE_URL": f"sqlite+aiosqlite:///{self.folder / 'dondoc.db'}",
            "DONDOC_FILES": str(self.folder / "files"),
            "DONDOC_HTTP": f"127.0.0.1:{self.port}",
            "PYTHONUNBUFFERED": "1",
        }
        return {**os.environ, **own}  # noqa: TID251 - the program is given what this machine gives its programs


def copy_of(filled: Path, folder: Path) -> Program:
    """Give a program on a copy of a folder that another has filled and left."""
    shutil.copytree(filled, folder)
    return Program(folder)
