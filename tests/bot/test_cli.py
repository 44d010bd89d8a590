"""The command line: what the operator and the secretariat ask of a terminal, and the codes it ends with."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.annexes import annex, task

ROOT = Path(__file__).resolve().parent.parent.parent
READ = ("number", "date", "kind", "issuer", "subject", "supersedes", "secret", "items", "oversight", "questions")
ITEM = ("ref", "text", "lead", "coordinating", "deliverable", "phrase", "reading", "question")


def dondoc(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command as an operator does, in a folder of its own."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("DONDOC_")}  # noqa: TID251
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env={**known, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "reading"),
    [
        (("Trước ngày 15/6/2022", "--on", "2022-03-07"), "2022-06-14"),
        (("quý II/2022", "--on", "2022-03-07"), "2022-04-01..2022-06-30"),
    ],
)
def test_a_deadline_is_read_in_the_notation_of_the_examples(
    tmp_path: Path, arguments: tuple[str, ...], reading: str
) -> None:
    done = dondoc(tmp_path, "deadline", *arguments)
    assert (done.stdout.strip(), done.returncode) == (reading, 0)


def test_a_table_of_deadlines_gives_a_reading_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("Trước ngày 15/6/2022\t2022-03-07\nTrong năm 2022\t2022-03-07\n", "utf-8")
    done = dondoc(tmp_path, "deadline", "--tsv", "a.tsv")
    assert (done.stdout.splitlines(), done.returncode) == (["2022-06-14", "2022-01-01..2022-12-31"], 0)


def test_a_call_without_what_it_needs_says_what_that_is(tmp_path: Path) -> None:
    for arguments in (("deadline",), ("deadline", "Quý II"), ("invite",)):
        done = dondoc(tmp_path, *arguments)
        assert (done.returncode, done.stdout, bool(done.stderr)) == (2, "", True)
    assert dondoc(tmp_path, "cook").returncode == 2


@pytest.mark.parametrize("arguments", [("read", "none.docx", "--json"), ("deadline", "--tsv", "none.tsv")])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = dondoc(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert "none." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_table_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_bytes(b"\xff\xfe\x00\x01")
    done = dondoc(tmp_path, "deadline", "--tsv", "a.tsv")
    assert (done.returncode, "a.tsv" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


def test_a_document_is_shown_as_one_object_of_the_public_form(tmp_path: Path) -> None:
    annex(tmp_path / "a.xlsx", task("1", "Tổng kết phong trào", "Sở Y tế, Sở Nội vụ", "Trước ngày 15/6/2022"))
    done = dondoc(tmp_path, "read", "a.xlsx", "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, tuple(found)) == (0, READ)
    (item,) = found["items"]
    assert (tuple(item), item["ref"], item["reading"]) == (ITEM, "1", "2022-06-14")
    assert item["lead"] == ["Sở Y tế", "Sở Nội vụ"]
    assert (found["number"], found["date"], found["secret"]) == ("05/KH-HĐTĐKT", "2022-03-07", False)
    plain = dondoc(tmp_path, "read", "a.xlsx")
    assert ("number: 05/KH-HĐTĐKT" in plain.stdout, "items: 1" in plain.stdout) == (True, True)


def test_a_document_that_cannot_be_read_ends_with_a_code_and_the_same_form(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 torn")
    done = dondoc(tmp_path, "read", "a.docx", "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, tuple(found)) == (1, READ)
    assert (found["items"], bool(found["questions"])) == ([], True)


def test_every_wrong_setting_is_named_whatever_was_asked(tmp_path: Path) -> None:
    wrong = {"DONDOC_ROLES": "cook", "DONDOC_HTTP": "nowhere"}
    for arguments in (("check",), ("run",), ("read", "none.docx")):
        done = dondoc(tmp_path, *arguments, **wrong)
        assert (done.returncode, "Traceback" in done.stderr) == (1, False)
        assert ("DONDOC_ROLES" in done.stderr, "DONDOC_HTTP" in done.stderr) == (True, True)


def test_check_names_what_is_missing_and_migrate_makes_the_tables(tmp_path: Path) -> None:
    first = dondoc(tmp_path, "check")
    assert (first.returncode, "dondoc migrate" in first.stderr) == (1, True)
    assert dondoc(tmp_path, "migrate").returncode == 0
    second = dondoc(tmp_path, "check")
    assert second.returncode == 1
    assert ("dondoc migrate" in second.stderr, "dondoc import" in second.stderr) == (False, True)


def test_check_says_which_messenger_lets_nothing_through(tmp_path: Path) -> None:
    dondoc(tmp_path, "migrate")
    with closing(sqlite3.connect(tmp_path / "data" / "dondoc.db")) as store, store:
        store.execute(
            "INSERT INTO lane (id, key, owner, epoch, beat, dark_since, dark_reason) "
            "VALUES (1, 'listen:telegram:7', '', 0, 0, '2022-06-09 02:00:00', 'token refused: Unauthorized')"
        )
    said = (
        "Tin người dùng gửi qua Telegram không đến được từ lúc 09:00 ngày 09/6/2022: ứng dụng nhắn tin không chấp nhận "
        "mã truy cập của trợ lý. Đề nghị báo người vận hành: lệnh “dondoc check” cho biết cách xử lý."
    )
    assert said in dondoc(tmp_path, "check").stderr.splitlines()


def test_the_sample_is_refused_where_others_could_reach_it(tmp_path: Path) -> None:
    for wrong in ({"DONDOC_HTTP": "0.0.0.0:8080"}, {"DONDOC_PUBLIC_URL": "https://dondoc.example.gov.vn"}):
        done = dondoc(tmp_path, "run", "--sample", **wrong)
        assert (done.returncode, "Traceback" in done.stderr, "127.0.0.1" in done.stderr) == (1, False, True)
        assert list(tmp_path.iterdir()) == []
