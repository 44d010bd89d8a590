"""By what something was decided, as an officer types it: a document or somebody's direction, or else a reason."""

import re
from typing import Final

from models.rules.spelling import fold, tidy
from models.rules.text import Text, t

_UNDER: Final = re.compile(r"^(?:(?:theo(?!\s+d[oõ]i\b)|căn cứ|can cu)(?:\s*:\s*|\s+)(?=\S))+", re.IGNORECASE)
# what decisions are cited by, without diacritics, where it begins what was typed
_CITED: Final = re.compile(
    r"(?:cong (?:van|dien|bao)|cv|van ban|vb|quyet dinh|qd|ke hoach|kh|thong bao|tb|thong tu|thong tri|huong dan|hd"
    r"|nghi (?:quyet|dinh)|chi thi|luat|phieu|to trinh|ttr|giay moi|bien ban|ket luan|quy (?:dinh|che)"
    r"|y kien|chi dao|yeu cau|de nghi|chu truong)\b|(?:so\s*:?\s*)?\d+\s*/\s*\S"
)


def bare_instruction(words: str) -> str:
    """Give an instruction as it is kept: without the "theo" that the sentences say themselves."""
    return _UNDER.sub("", tidy(words)).strip()


def cites(words: str) -> bool:
    """Tell whether words name a document or somebody's direction, by which one decides; anything else is a reason."""
    return _CITED.match(fold(bare_instruction(words))) is not None


def under(words: str) -> Text:
    """Say by what something was decided, within a sentence: "theo Công văn số 5", or "lý do: bão số 2"."""
    bare = bare_instruction(words).rstrip(" .")
    return t("under {instruction}", instruction=bare) if cites(bare) else t("reason: {reason}", reason=bare)
