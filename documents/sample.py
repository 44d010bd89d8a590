"""The documents of the sample council: an illustrative Nam Định of 2022, made by examples/make.py."""

from datetime import datetime
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent.parent / "examples" / "nam-dinh-2022"

DIRECTORY: Final = _FOLDER / "danh-ba.xlsx"
NOTICE: Final = _FOLDER / "thong-bao-01.docx"
ANNEX: Final = _FOLDER / "phu-luc-ke-hoach-02.docx"
WAITING: Final = _FOLDER / "thong-bao-ket-luan-05.docx"
"""The document that nobody has taken in yet when the sample begins."""

STORY: Final = _FOLDER / "dien-bien.tsv"
"""What was said before; see the README beside it."""

START: Final = datetime(2022, 6, 9, 7, 25)  # noqa: DTZ001 - an hour of the Council's zone
"""When the sample begins: the Thursday on which half-year reports are asked after for the second time."""

FIRST_UNIT: Final = "SYT"
"""The code of the unit whose two focal points show what happens when one of them answers."""

FIRST_MEMBER: Final = "Giám đốc Công an tỉnh"
"""The post of the member of the council who is shown first: one of his units is late when the sample begins."""
