"""Thanks and nods are understood as such: never as more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.spelling import fold
from models.rules.words import Meant, intent, is_thanks, several

NODS = (
    "ok",
    "oke",
    "okay",
    "vâng",
    "dạ",
    "dạ vâng",
    "rõ",
    "đã rõ",
    "nắm rõ",
    "nhận",
    "đã nhận",
    "tiếp nhận",
    "nghe rõ",
)
THANKS = ("cảm ơn", "cám ơn", "xin cảm ơn", "trân trọng cảm ơn", "cảm ơn đồng chí", "xin cám ơn các đồng chí")
ENDS = ("", " ạ", " nhé", " rồi ạ", ".", "!", " a", ", cảm ơn", ", xin cám ơn đồng chí")
LEADS = ("", "dạ, ", "vâng, ", "dạ vâng ", "em ", "đơn vị ", "ok, ", "thưa ", "bên em ")

said = st.tuples(
    st.sampled_from(LEADS),
    st.lists(st.sampled_from((*NODS, *THANKS)), min_size=1, max_size=3).map(" ".join),
    st.sampled_from(ENDS),
).map("".join)


@given(said, st.sampled_from((str, str.upper, fold)))
def test_nods_and_thanks_mean_at_most_that_a_task_was_received(words: str, typed: object) -> None:
    line = typed(words)  # type: ignore[operator]
    meant = intent(line)
    assert meant is None or (meant.meant, meant.words, meant.number) == (Meant.ACKNOWLEDGED, "", "")
    assert [intent(part.said) for part in several(f"12 {line}")] in ([], [meant])


@pytest.mark.parametrize(
    "text",
    [
        *THANKS,
        *(
            "Cảm ơn!",
            "cam on",
            "Cám ơn ạ.",
            "vâng, cảm ơn đồng chí ạ",
            "ok cảm ơn",
            "cảm ơn nhiều nhé",
            "thanks",
            "Tks",
        ),
        *("Dạ em cảm ơn anh", "Xin chân thành cảm ơn các đồng chí", "đơn vị xin trân trọng cảm ơn"),
    ],
)
def test_thanks_are_thanks(text: str) -> None:
    assert is_thanks(text)


@pytest.mark.parametrize(
    "text", ["cảm ơn, đã xong", "đã nhận, cảm ơn", "xong", "ok", "cảm ơn nhưng vướng mắc vì thiếu số liệu", "", "cảm"]
)
def test_what_says_anything_else_is_more_than_thanks(text: str) -> None:
    assert not is_thanks(text)


@pytest.mark.parametrize(
    ("text", "meant"), [("đã nhận, cảm ơn", Meant.ACKNOWLEDGED), ("đã xong, xin cảm ơn đồng chí ạ.", Meant.FINISHED)]
)
def test_a_report_may_end_with_thanks(text: str, meant: Meant) -> None:
    found = intent(text)
    assert found is not None
    assert found.meant is meant
