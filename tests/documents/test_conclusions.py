"""A notice of conclusions names its meeting by a day, in its subject, or by the number of the invitation."""

from datetime import date
from pathlib import Path

import pytest

from documents.body import Body, Paragraph
from documents.conclusions import Concluded, concluded
from documents.heading import Heading
from documents.reading import read

SUBJECT = "Kết luận phiên họp thứ nhất của Hội đồng"


def read_from(*lines: str, subject: str = SUBJECT) -> Concluded | None:
    return concluded(Body(tuple(Paragraph(line) for line in lines)), Heading(subject=subject))


def test_the_example_names_the_day_of_its_meeting(examples: Path) -> None:
    paper = read(examples / "nam-dinh-2022" / "thong-bao-ket-luan-05.docx")
    assert paper.concluded == Concluded((date(2022, 5, 25),))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("Ngày 25/5/2022, tại Phòng họp số 2, đồng chí Chủ tịch chủ trì cuộc họp.",), Concluded((date(2022, 5, 25),))),
        (("Ngày 25 tháng 5 năm 2022 tại Hội nghị sơ kết:",), Concluded((date(2022, 5, 25),))),
        (("Họp ngày 25/5/2022.", "Họp 25/5/2022 và 26/5/2022."), Concluded((date(2022, 5, 25), date(2022, 5, 26)))),
        (("Căn cứ Kế hoạch số 02/KH-HĐTĐKT ngày 07/3/2022;",), Concluded()),
        (("Theo Giấy mời số 15/GM-HĐTĐKT, Hội đồng đã họp.",), Concluded((), ("15/GM-HĐTĐKT",))),
        (("Phiên họp ngày 31/02/2022.",), Concluded()),
    ],
)  # fmt: skip
def test_days_of_meetings_and_numbers_of_invitations_are_read(lines: tuple[str, ...], expected: Concluded) -> None:
    assert read_from(*lines) == expected


def test_the_subject_may_name_the_day() -> None:
    assert read_from(subject="Kết luận của Chủ tịch tại cuộc họp ngày 25/5/2022") == Concluded((date(2022, 5, 25),))


def test_what_concludes_nothing_is_of_no_meeting() -> None:
    assert read_from("Ngày 25/5/2022, Hội đồng họp.", subject="Kế hoạch công tác năm 2022") is None
