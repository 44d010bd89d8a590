"""State secrets stay out: find the marks MẬT, TỐI MẬT, TUYỆT MẬT before anything is kept.

Source: the law on the protection of state secrets forbids keeping or sending them on devices joined to the internet.
Only what a stamp or a degree line says is a mark: capitals, or "Độ mật: …". Talk of confidentiality (bảo mật, bí mật,
mật độ, bỏ phiếu kín) is not.
"""

import re
import unicodedata

_DEGREES = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_LETTER = r"[^\W\d_]"

# a degree line counts in any case, since nobody writes one about anything else
_DEGREE_LINE = re.compile(
    rf"\bđộ\s+mật\s*[:：][\W_]{{0,20}}(tuyệt\s+mật|tối\s+mật|mật)(?!\s*{_LETTER}*\s*độ)(?!{_LETTER})", re.IGNORECASE
)
_CAPITALS = re.compile(rf"(?<!{_LETTER})(?:(TUYỆT|TỐI)[\s\-–_.]*)?MẬT(?!{_LETTER})")
# "M Ậ T", "T.Ố.I  M.Ậ.T": single capitals kept apart
_SPACED = re.compile(rf"(?<!{_LETTER})[A-ZÀ-ỸĐ](?:[ \t.·*_\-]+[A-ZÀ-ỸĐ](?!{_LETTER}))+")
_NEAR = 24  # characters; no compound is longer, and a line may be a whole document
_BEFORE = re.compile(rf"({_LETTER}+)[ \t\-–]*$")
_AFTER = re.compile(rf"^[ \t\-–]*({_LETTER}+)")

# compounds in which the syllable says nothing of a degree: bảo mật, bí mật, giải mật, túi mật, mật khẩu, mật ong…
_COMPOUND_BEFORE = frozenset(
    {"BẢO", "BÍ", "CƠ", "ĐỘ", "GIẢI", "CẨN", "THÂN", "TÚI", "SỎI", "GAN", "ỐNG", "DỊCH", "MUỐI", "ĐƯỜNG", "RỈ", "NGỌT"}
)
_COMPOUND_AFTER = frozenset(
    {
        "ĐỘ",
        "KHẨU",
        "MÃ",
        "ONG",
        "HOA",
        "MÍA",
        "GẤU",
        "VỤ",
        "THƯ",
        "BÁO",
        "DANH",
        "HIỆU",
        "THIẾT",
        "NGHỊ",
        "NGỮ",
        "LỆNH",
        "ƯỚC",
        "TÔNG",
        "GIÁO",
        "CHÚ",
        "NHÀ",
    }
)
# in a file name words are often lower case and without diacritics; one syllable alone would hit "mặt trận"
_NAME_DEGREE = re.compile(rf"(?<!{_LETTER})(?:tuyệt|tuyet|tối|toi)[\W_]*(?:mật|mat)(?!{_LETTER})", re.IGNORECASE)


def secret_mark(text: str) -> str | None:
    """Give the degree that a mark in `text` states ("MẬT", "TỐI MẬT", "TUYỆT MẬT"), or None if there is none.

    Composed and decomposed letters, letters kept apart ("M Ậ T") and invisible characters are all seen through.
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    if "Ậ" not in plain and "ậ" not in plain:
        return None
    for line in plain.splitlines():
        if found := _in_line(line):
            return found
    return None


def secret_name(name: str) -> str | None:
    """Give the degree that a file name states, or None.

    Beside the marks of a text, the two-word degrees count in any case and without diacritics ("toi_mat 05.docx").
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", name)).replace("_", " ")
    if found := secret_mark(plain):
        return found
    if match := _NAME_DEGREE.search(plain):
        return "TUYỆT MẬT" if match.group().lower().startswith("tuy") else "TỐI MẬT"
    return None


def _in_line(line: str) -> str | None:
    if match := _DEGREE_LINE.search(line):
        return _degree(match.group(1).upper())
    for match in _CAPITALS.finditer(line):
        if match.group(1) or not _compound(line, match):
            return _degree(match.group())
    for match in _SPACED.finditer(line):
        if found := _spaced(match.group()):
            return found
    return None


def _compound(line: str, match: re.Match[str]) -> bool:
    previous = _BEFORE.search(line[max(0, match.start() - _NEAR) : match.start()])
    following = _AFTER.search(line[match.end() : match.end() + _NEAR])
    return bool(
        (previous and previous.group(1).upper() in _COMPOUND_BEFORE)
        or (following and following.group(1).upper() in _COMPOUND_AFTER)
    )


def _spaced(run: str) -> str | None:
    letters = re.sub(r"[^\w]|_", "", run)
    if letters == "MẬT" or letters.endswith(("TỐIMẬT", "TUYỆTMẬT")):
        return _degree(letters)
    return None


def _degree(words: str) -> str:
    return next(degree for degree in _DEGREES if degree.split()[0] in words)
