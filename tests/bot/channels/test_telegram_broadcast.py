"""A notice with a large file to many: uploaded once, then named."""

from pathlib import Path

import pytest

from tests.bot.channels.test_telegram_flood import enrolled
from tests.phones import a_telegram_council

pytestmark = pytest.mark.slow
PEOPLE = 300
LARGE = b"%PDF-1.4\n" + bytes(5 << 20)


async def test_five_megabytes_to_many_leave_once(sqlite_url: str, tmp_path: Path) -> None:
    async with a_telegram_council(sqlite_url, tmp_path, "2022-06-09 08:00") as council:
        await enrolled(council, PEOPLE)
        path = tmp_path / "ke-hoach.pdf"
        path.write_bytes(LARGE)
        thu = council.chat("Thu")
        await thu.says("guithongbao SYT: Gửi kèm Kế hoạch.", path)
        await thu.presses("Gửi")
        before = len(council.world.calls("sendDocument"))
        await thu.presses("Gửi ngay")
        await council.passes(seconds=PEOPLE / 10)
        copies = council.world.calls("sendDocument")
        assert [copy.status for copy in copies[before:]] == [200] * (PEOPLE + 2)
        assert [len(file.content) for copy in copies for file in copy.files.values()] == [len(LARGE)]
