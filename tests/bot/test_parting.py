"""However long a message is, each piece fits, no word is lost, and the buttons stand under the last words."""

import re
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.channel import ABILITIES
from bot.parting import is_whole, parts_of

# small, so that every way of cutting is met
NARROW = replace(ABILITIES, max_text=40, max_caption=15)
TYPED = replace(NARROW, buttons=False, max_caption=0)
LINES = st.lists(st.text(alphabet="aấ👍 \n<&", max_size=90), min_size=1, max_size=6)
# each is one to whoever reads it
LETTERS = ("a", "e\u0323\u0302", "\U0001f44d\U0001f3fd", "\U0001f469\u200d\U0001f467", "\u2764\ufe0f")
FILES = st.lists(st.sampled_from(["a.pdf", "b.docx", "c.xlsx"]), max_size=3)


def content(lines: list[str], files: list[str], result: str = "") -> dict[str, Any]:
    return {"lines": lines, "files": files, "choices": [{"label": "Đã nhận"}], "result": result, "card": True}


def units(piece: dict[str, Any]) -> int:
    return len("\n".join((piece["result"], *piece["lines"])).encode("utf-16-le")) // 2


def words(lines: list[str]) -> str:
    return re.sub(r"\s+", "", "".join(lines))


@given(LINES, FILES, st.sampled_from(["", "Đã báo cáo"]))
def test_each_piece_fits_and_nothing_is_lost(lines: list[str], files: list[str], result: str) -> None:
    parts = parts_of(content(lines, files, result), NARROW)
    for piece in parts.pieces:
        assert len(piece["files"]) <= 1
        assert units(piece) <= (NARROW.max_caption if piece["files"] else NARROW.max_text)
    assert words([line for piece in parts.pieces for line in piece["lines"]]) == words(lines)
    assert [file for piece in parts.pieces for file in piece["files"]] == files


@given(LINES, FILES)
def test_room_is_left_for_what_is_added_later(lines: list[str], files: list[str]) -> None:
    for piece in parts_of(content(lines, files), NARROW, 10).pieces:
        again = {**piece, "result": "Đã nhận", "lines": piece["lines"]}
        assert len(parts_of(again, NARROW).pieces) == 1


@given(LINES, FILES)
def test_one_piece_is_the_card_and_has_the_last_words(lines: list[str], files: list[str]) -> None:
    parts = parts_of(content(lines, files), NARROW)
    assert [bool(piece["choices"]) for piece in parts.pieces].count(True) == 1
    assert parts.pieces[parts.card]["choices"]
    assert [bool(piece["lines"]) for piece in parts.pieces[parts.card + 1 :]].count(True) == 0


@given(LINES, FILES)
def test_what_is_whole_at_a_glance_is_one_piece(lines: list[str], files: list[str]) -> None:
    if is_whole(content(lines, files), NARROW):
        assert len(parts_of(content(lines, files), NARROW).pieces) == 1


@given(st.lists(st.text(max_size=300), min_size=1, max_size=4), FILES)
def test_where_files_go_beside_words_a_message_is_one_piece(lines: list[str], files: list[str]) -> None:
    anything = replace(NARROW, max_text=20_000, max_caption=0)
    assert parts_of(content(lines, files), anything).pieces == (content(lines, files),)


LABELS = st.lists(st.text(alphabet="aấ ", min_size=1, max_size=30), max_size=12)


@given(LINES, LABELS, st.sampled_from(["", "Đã báo cáo"]), st.sampled_from(["", "Số:"]))
def test_choices_that_are_typed_fit_beneath_the_words_or_follow_them(
    lines: list[str], labels: list[str], result: str, head: str
) -> None:
    said = {**content(lines, [], result), "choices": [{"label": label} for label in labels]}
    pieces = parts_of(said, TYPED, head=head).pieces
    for piece in pieces:
        numbered = [f"99. {choice['label']}" for choice in piece["choices"]]
        numbered = [head, *numbered] if numbered else []
        assert units({**piece, "lines": [*piece["lines"], *numbered]}) <= TYPED.max_text
    assert words([line for piece in pieces for line in piece["lines"]]) == words(lines)
    assert [choice["label"] for piece in pieces for choice in piece["choices"]] == labels
    assert [piece["result"] for piece in pieces if piece["result"]] == ([result] if result else [])
    if is_whole(said, TYPED, head):
        assert len(pieces) == 1


@given(st.lists(st.sampled_from(LETTERS), min_size=1, max_size=120))
def test_a_letter_stays_with_its_accents_and_a_picture_whole(letters: list[str]) -> None:
    parts = parts_of(content(["".join(letters)], []), NARROW)
    pieces = ["".join(piece["lines"]) for piece in parts.pieces]
    whole = re.compile("|".join(map(re.escape, LETTERS)))
    assert [letter for piece in pieces for letter in whole.findall(piece)] == letters
