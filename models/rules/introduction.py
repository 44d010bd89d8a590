"""How somebody introduces himself: name, post and telephone, each by itself or all in one line; read strictly."""

import re
from dataclasses import dataclass
from typing import Final

from models.rules.spelling import tidy
from models.rules.text import Refusal, t

_LONGEST_NAME: Final = 120
_LONGEST_POST: Final = 160
_WORDS: Final = range(2, 9)
_NAME: Final = re.compile(r"[^\W\d_]+(?:[ '\-.]{1,2}[^\W\d_]+)*\.?")
_POST: Final = re.compile(r"[^\W_][\w ,.;:()/&'\-]*")
_ADDRESSED: Final = re.compile(
    r"(?:(?:tôi|em|mình) (?:là|tên là)|họ (?:và )?tên(?: là)?|tên(?: là)?|đ/c|đồng chí|ông|bà)(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
_TELEPHONE: Final = re.compile(r"(?:\+|00)?[0-9](?:[ .\-()]{0,2}[0-9]){7,14}")
_LABELLED: Final = re.compile(r"(?:số )?(?:điện thoại|đt|sđt|tel|phone)\s*[:.]?\s*", re.IGNORECASE)
_DOMESTIC: Final = re.compile(r"0(?:[35789][0-9]{8}|2[0-9]{8,9})")
_ABROAD: Final = re.compile(r"(?:\+|00)?84(?=[0-9]{9,10}$)")
_PARTS: Final = re.compile(r"[,;\n]")
_LEAST: Final = 3


@dataclass(frozen=True, slots=True)
class Introduction:
    """Who somebody says he is; `phone` in digits as dialled at home ("0912345678")."""

    name: str
    post: str
    phone: str


def is_one_line(said: str) -> bool:
    """Tell whether more than a name was said, to be read as a whole introduction."""
    return _PARTS.search(said.strip(" ,;\n")) is not None


def introduction(said: str) -> Introduction:
    """Read "Nguyễn Thị Lan, chuyên viên, 0912345678": the name first, the telephone last, the post between.

    Raises Refusal where a part is missing or is not what it should be.
    """
    parts = [part.strip() for part in _PARTS.split(said.strip(" ,;\n"))]
    if len(parts) < _LEAST or not all(parts):
        raise Refusal(
            t(
                "In one line please write name, post and telephone, for instance: Nguyễn Thị Lan, chuyên viên, "
                "0912345678. Or write the name alone."
            )
        )
    return Introduction(person_name(parts[0]), post_title(", ".join(parts[1:-1])), telephone(parts[-1]))


def person_name(said: str) -> str:
    """Read a full name, two to eight words of letters; raises Refusal for anything else."""
    plain = tidy(said)
    if addressed := _ADDRESSED.match(plain):
        plain = plain[addressed.end() :]
    if len(plain) > _LONGEST_NAME or not _NAME.fullmatch(plain) or len(plain.split()) not in _WORDS:
        raise Refusal(t("A full name is two to eight words without digits, for instance: Nguyễn Thị Lan."))
    return " ".join(word.capitalize() for word in plain.split()) if plain in {plain.lower(), plain.upper()} else plain


def post_title(said: str) -> str:
    """Read a post in a few words; raises Refusal for what is none."""
    plain = tidy(said).strip(" ,.;")
    if not 1 < len(plain) <= _LONGEST_POST or not _POST.fullmatch(plain) or _TELEPHONE.search(plain):
        raise Refusal(t("A post is said in a few words, for instance: chuyên viên Văn phòng."))
    return plain


def telephone(said: str) -> str:
    """Read a telephone number of this country, however grouped; raises Refusal for any other."""
    plain = tidy(said)
    labelled = _LABELLED.match(plain)
    plain = (plain[labelled.end() :] if labelled else plain).strip(" .")
    if _TELEPHONE.fullmatch(plain) and _DOMESTIC.fullmatch(digits := dialled(plain)):
        return digits
    raise Refusal(t("A telephone number has ten or eleven digits and begins with 0, for instance: 0912345678."))


def dialled(phone: str) -> str:
    """Give the digits of a number as dialled at home, so that two ways of writing it are one."""
    return _ABROAD.sub("0", re.sub(r"[^0-9+]", "", phone))
