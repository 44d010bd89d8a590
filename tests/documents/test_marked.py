"""A marked file is not kept, whatever it came with; what cannot be looked into passes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from documents.limits import Unreadable
from documents.marked import unmarked


def test_a_marked_file_is_removed(word: Callable[..., Path]) -> None:
    path = word("TUYỆT MẬT", "Số: 05/KH-HĐTĐKT")
    with pytest.raises(Unreadable) as refusal:
        unmarked(path, "ke-hoach.docx")
    assert refusal.value.secret
    assert not path.exists()


def test_a_marked_name_is_enough(word: Callable[..., Path]) -> None:
    path = word("Xin chào")
    with pytest.raises(Unreadable):
        unmarked(path, "Tài liệu TỐI MẬT.docx")
    assert not path.exists()


def test_other_files_pass(word: Callable[..., Path], tmp_path: Path) -> None:
    picture = tmp_path / "anh.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0")
    for path in (word("Về bảo mật thông tin"), picture):
        unmarked(path, path.name)
        assert path.exists()
