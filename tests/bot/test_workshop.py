"""Slow paperwork is read in a worker of its own: whatever a file does there, the assistant goes on."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.workshop import Workshop
from models.rules.text import Refusal, t
from tests.bot import preparing

TOO_MUCH = t("“{name}” takes too long to read; please send a smaller or simpler file.", name="a.txt")


@pytest.fixture
async def workshop() -> AsyncIterator[Workshop]:
    made = Workshop()
    yield made
    made.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("nội dung", "utf-8")
    return path


async def test_a_file_is_read_in_another_process_that_is_used_again(workshop: Workshop, file: Path) -> None:
    first = await workshop.prepare(preparing.read, file, "a.txt")
    again = await workshop.prepare(preparing.read, file, "a.txt")
    assert first == again
    assert (first["text"], first["name"]) == ("nội dung", "a.txt")
    assert first["worker"] != os.getpid()


async def test_a_refusal_crosses_the_border_with_its_words(workshop: Workshop, file: Path) -> None:
    for work, sentence in (
        (preparing.refuse, t("The file {name} is damaged.", name="a.txt")),
        (preparing.refuse_in_own_words, t("The file {name} bears a mark.", name="a.txt")),
    ):
        with pytest.raises(Refusal) as refused:
            await workshop.prepare(work, file, "a.txt")
        assert refused.value.text == sentence


async def test_what_nobody_foresaw_crosses_the_border_as_it_is(workshop: Workshop, file: Path) -> None:
    with pytest.raises(KeyError):
        await workshop.prepare(preparing.stumble, file, "a.txt")
    assert (await workshop.prepare(preparing.read, file, "a.txt"))["text"] == "nội dung"


@pytest.mark.parametrize("work", [preparing.take_all_memory, preparing.die])
async def test_a_worker_that_takes_all_or_dies_is_replaced(workshop: Workshop, file: Path, work: object) -> None:
    with pytest.raises(Refusal) as refused:
        await workshop.prepare(work, file, "a.txt")  # type: ignore[arg-type]
    assert refused.value.text == TOO_MUCH
    assert (await workshop.prepare(preparing.read, file, "a.txt"))["text"] == "nội dung"


async def test_a_worker_that_never_ends_is_killed_and_replaced(workshop: Workshop, file: Path) -> None:
    await workshop.prepare(preparing.read, file, "a.txt")
    workshop.seconds = 0.3
    with pytest.raises(Refusal) as refused:
        await workshop.prepare(preparing.never_end, file, "a.txt")
    assert refused.value.text == TOO_MUCH
    workshop.seconds = 60
    assert (await workshop.prepare(preparing.read, file, "a.txt"))["text"] == "nội dung"
