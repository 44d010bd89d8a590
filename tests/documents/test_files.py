import hashlib
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.files import FileStore, Kept, safe_name
from models.rules.text import Refusal

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


def everything(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


async def streamed(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


async def test_the_same_bytes_are_kept_once_from_any_source(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "kho")
    (tmp_path / "a.txt").write_bytes(b"abc")
    digest = hashlib.sha256(b"abc").hexdigest()
    assert await store.keep(b"abc", "báo cáo.docx", "text/plain") == Kept(digest, 3, "báo cáo.docx", "text/plain")
    assert (await store.keep(tmp_path / "a.txt", "b.txt")).sha256 == digest
    assert (await store.keep(streamed(b"a", b"bc"), "c.txt")).sha256 == digest
    assert everything(tmp_path / "kho") == [store.path(digest)]
    with store.open(digest) as file:
        assert file.read() == b"abc"


async def test_a_stream_that_grows_too_large_is_stopped_and_leaves_nothing(tmp_path: Path) -> None:
    taken = []

    async def endless() -> AsyncIterator[bytes]:
        while True:
            taken.append(1)
            yield b"x" * 1024

    store = FileStore(tmp_path, most=4096)
    with pytest.raises(Refusal) as refused:
        await store.keep(endless(), "lon.bin")
    assert refused.value.text.id == "The file {name} is larger than the {limit} MB that are kept; send a smaller one."
    assert len(taken) == 5
    assert everything(tmp_path) == []


async def test_a_source_that_breaks_leaves_nothing(tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"x"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await FileStore(tmp_path).keep(broken(), "a.bin")
    assert everything(tmp_path) == []


async def test_the_sweep_removes_what_no_row_names_after_an_hour(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    known, orphan, fresh = [(await store.keep(content, "a")).sha256 for content in (b"1", b"2", b"3")]
    left = tmp_path / ".incoming" / "tmp1"
    left.write_bytes(b"half")
    for path, age in ((store.path(known), 9), (store.path(orphan), 61), (store.path(fresh), 59), (left, 61)):
        moment = (NOW - timedelta(minutes=age)).timestamp()
        os.utime(path, (moment, moment))
    assert await store.sweep({known}, NOW) == 2
    assert everything(tmp_path) == sorted([store.path(known), store.path(fresh)])


async def test_bytes_kept_again_are_spared_by_the_sweep(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    digest = (await store.keep(b"1", "a")).sha256
    os.utime(store.path(digest), (0, 0))
    await store.keep(b"1", "a")
    assert await store.sweep(set(), datetime.fromtimestamp(store.path(digest).stat().st_mtime, UTC)) == 0


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 65, "a" * 64 + "\n"])
def test_only_a_digest_finds_a_place(tmp_path: Path, digest: str) -> None:
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        FileStore(tmp_path).path(digest)


def test_a_file_that_is_gone_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileStore(tmp_path).open("a" * 64)


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\Báo cáo.docx", "Báo cáo.docx"),
        ("hóa\u202ecod.exe", "hóa_cod.exe"),
        ("a\nb\x00.txt", "a_b_.txt"),
        ("con.txt", "_con.txt"),
        ("...", "file"),
        ("", "file"),
        (".docx", "docx"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
        ("báo cáo.", "báo cáo"),
    ],
)
def test_names_are_made_safe(given_name: str, safe: str) -> None:
    assert safe_name(given_name) == safe


@given(st.text(max_size=300))
def test_any_name_becomes_one_safe_name(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= 120
    assert safe_name(safe) == safe
    assert not set(safe) & set('/\\:*?"<>|\x00\n')
    assert safe.strip(" .") == safe
