import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.answer_clauses import MATTER_WORDS, Clause, MatterKind, split_clauses

NOTICE, MEETING, TASK = MatterKind.NOTICE, MatterKind.MEETING, MatterKind.TASK


@pytest.mark.parametrize(
    ("line", "names", "clause"),
    [
        ("im lặng với 12", "", Clause("im lặng với", 12, None, is_silent=True)),
        ("chua tra loi thong bao 3, SYT", "SYT", Clause("chua tra loi", 3, NOTICE, is_silent=True)),
        ("SYT, STC; chưa trả lời TB số 3", "SYT, STC", Clause("chưa trả lời", 3, NOTICE, is_silent=True)),
        ("SYT, STC và chưa trả lời họp 1", "SYT, STC", Clause("chưa trả lời", 1, MEETING, is_silent=True)),
        ("SYT, chưa báo cáo 12.", "SYT", Clause("chưa báo cáo", 12, TASK, is_silent=True)),
        ("chưa nộp báo cáo 12", "", Clause("chưa nộp báo cáo", 12, TASK, is_silent=True)),
        ("chua gui tra loi tb 3", "", Clause("chua gui tra loi", 3, NOTICE, is_silent=True)),
        ("những đơn vị đã trả lời 12", "", Clause("những đơn vị đã trả lời", 12, None, is_silent=False)),
        ("trả lời “Có” với 2", "", Clause("trả lời “Có” với", 2, None, is_silent=False, answer="Có")),
        ("answered Yes to notice 2", "", Clause("answered Yes to", 2, NOTICE, is_silent=False, answer="Yes")),
    ],
)
def test_whom_a_line_names_by_answer(line: str, names: str, clause: Clause) -> None:
    assert split_clauses(line) == (names, (clause,))


def test_a_name_right_before_narrows_what_is_said_by_answer() -> None:
    assert split_clauses("Khối nội chính chưa báo cáo 3; Cụm các huyện vắng mặt") == (
        "Cụm các huyện vắng mặt",
        (Clause("Khối nội chính chưa báo cáo", 3, TASK, is_silent=True, within="Khối nội chính"),),
    )


@pytest.mark.parametrize("joined", [" và ", ", và ", " and ", ", ", "; "])
def test_clauses_may_be_joined_each_with_its_own_name(joined: str) -> None:
    assert split_clauses(f"SYT chưa trả lời 2{joined}STC chưa trả lời 3") == (
        "",
        (
            Clause("SYT chưa trả lời", 2, None, is_silent=True, within="SYT"),
            Clause("STC chưa trả lời", 3, None, is_silent=True, within="STC"),
        ),
    )


@pytest.mark.parametrize(
    "line", ["SYT, Sở Tài chính", "đã trả lời 12/6", "chưa trả lời", "trả lời 45/BC-SYT", "thành viên Hội đồng"]
)
def test_other_lines_are_names_only(line: str) -> None:
    assert split_clauses(line) == (line, ())


@given(st.text(max_size=60), st.integers(0, 999_999), st.sampled_from(sorted(MATTER_WORDS)))
def test_a_clause_said_anew_with_its_matter_is_that_clause(before: str, number: int, matter: MatterKind) -> None:
    found = split_clauses(f"{before}; chưa trả lời {number}")[1]
    anew = found[-1].about(matter)
    assert split_clauses(anew) == ("", (Clause("chưa trả lời", number, matter, is_silent=True),))
