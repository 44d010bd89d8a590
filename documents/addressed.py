"""One sentence that assigns: who is to do it, with whom, what, and by when, each in the sentence's own words.

"Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính bổ sung số liệu; hoàn thành trước ngày 30/6/2022". A unit's name ends
where the first word of doing begins: names are written with capitals, such words are not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from documents.naming import KINDS
from models.rules.deadline import AMBIGUOUS
from models.rules.due_words import said_deadline

_DOING = (
    "chủ trì|phối hợp|tham mưu|xây dựng|rà soát|báo cáo|bổ sung|hoàn thiện|hoàn thành|hoàn chỉnh|tổ chức|triển khai"
    "|hướng dẫn|kiểm tra|đề xuất|trình|gửi|nộp|lập|cung cấp|thực hiện|chuẩn bị|mở|tuyên truyền|đôn đốc|theo dõi"
    "|tổng hợp|nghiên cứu|khẩn trương|nhanh chóng|tiếp tục|chỉ đạo|tăng cường|phát động|thẩm định|thẩm tra|ban hành"
    "|cân đối|bố trí|đăng ký|chấm điểm|bình xét|sơ kết|tổng kết|nâng cao|đẩy mạnh|xem xét|tập trung|dự thảo|soạn thảo"
    "|tiếp thu|giải trình|làm việc|làm rõ|làm đầu mối|là đầu mối|thống kê|đánh giá|quán triệt|phổ biến|nhân rộng"
    "|phát hiện|giới thiệu|lựa chọn|đề nghị|kiện toàn|thành lập|phân công|cử|tham gia|hỗ trợ|bảo đảm|đảm bảo|chấn chỉnh"
    "|khắc phục|xử lý|giải quyết|công khai|công bố|cập nhật|đưa|phê duyệt|thông báo|tiến hành|chủ động|thường xuyên"
    "|kịp thời|nghiêm túc|sớm|phải|cần|có trách nhiệm|chịu trách nhiệm|có văn bản|có kế hoạch|có báo cáo|trả lời"
    "|giám sát|biểu dương|vận động|huy động|duy trì|lồng ghép|xác minh|lấy ý kiến|góp ý|phát hành|đăng tải|viết"
    "|bàn giao|mời|điều chỉnh|sửa đổi|phân bổ|lưu ý|quan tâm|sắp xếp|thống nhất|căn cứ|trên cơ sở|định kỳ|hằng|hàng"
    "|trước ngày|chậm nhất|muộn nhất|trong tháng|trong quý"
)
_ENDS_NAME = re.compile(rf"\s*:|,?\s(?<!các )(?<!những )(?<![Bb]an )(?<!chương )(?:{_DOING})(?![\w])")
_DOES = re.compile(rf"(?:{_DOING})(?!\w)", re.IGNORECASE)
_NAMED = rf"(?:{KINDS})\s+(?-i:[A-ZÀ-ỸĐ]|tỉnh|nhân dân|nhà nước|thi đua|huyện|thành phố|thị xã|các )|sở\s+\w"
_POST = (
    r"(?:phó )?(?:giám đốc|chủ tịch|bí thư)\s|(?:chánh|trưởng)\s(?:văn phòng|thanh tra|ban|phòng|công an)"
    r"|thường trực\s|cơ quan\s(?:thường trực|chủ trì)"
)
_MANY = (
    r"(?:tất cả |toàn thể |toàn bộ )?(?:các|mọi|từng)\s+(?:thành viên|ủy viên|cơ quan|đơn vị|địa phương|tổ chức"
    rf"|ngành|{KINDS})\b"
)
_WHO = re.compile(rf"(?:{_NAMED}|{_POST}|{_MANY})", re.IGNORECASE)
_ORDER = re.compile(
    r"(?P<by>[^:;]{0,120}?)(?<!đã )(?<!được )\b(?P<order>giao|yêu cầu|đề nghị|phân công)\s+"
    r"(?:(?:nhiệm vụ|trách nhiệm|việc)\s+)?(?:cho\s+)?",
    re.IGNORECASE,
)
_COURTESY = re.compile(r"^(?:đồng chí|đ/c|thủ trưởng(?= (?:các|cơ quan|đơn vị)))\s+", re.IGNORECASE)
_NO_NAME = re.compile(r"\b(?:đã|chưa|còn|được|vẫn|đang|không|bị|là|do|tại|của)\b", re.IGNORECASE)
_ASSESSES = re.compile(
    r"^\w+ \w+ (?:\w+ )?(?:tốt|xuất sắc|vượt|đạt|hiệu quả|đúng|chậm|chưa|đã|không|còn)\b"
    r"|\b(?:thời gian|năm|tháng|quý) (?:vừa )?qua\b|\bvừa qua\b",
    re.IGNORECASE,
)
_VAGUE_TERM = re.compile(r"(?:sớm|khẩn trương|nhanh chóng)\b", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:[\s,:–-]+|(?:và|có trách nhiệm|chịu trách nhiệm|chủ trì|làm đầu mối|là đầu mối)(?!\w))+", re.IGNORECASE
)
_CHARGES = re.compile(r"\s*:|,?\s*(?:có trách nhiệm|chịu trách nhiệm|chủ trì)")
_TOGETHER = re.compile(r"^(?:cùng\s+)?phối hợp(?:\s+chặt chẽ)?(?:\s+(?:cùng với|với|cùng))?\s+", re.IGNORECASE)
_JOINS_IN = re.compile(r"^(?P<units>[^:;.]{1,300}?),?\s+(?:cùng\s+)?phối hợp(?:\s+(?:thực hiện|trong việc))?\s+")
_CONCERNED = re.compile(
    r",?\s*(?:\b(?:và|cùng)\s+)?\b(?:các|những)\s[^;]{1,120}?\bliên quan(?:\s+khác)?(?=\s*(?:$|[,;]))", re.IGNORECASE
)
# in whose name it is said: what follows is said to others
_SUPERIOR = re.compile(
    r"hội đồng|hội nghị|(?:phó )?chủ tịch|ubnd tỉnh|(?:ủy|uỷ) ban nhân dân tỉnh|lãnh đạo", re.IGNORECASE
)
_SPEAKS = re.compile(r"hội (?:đồng|nghị)", re.IGNORECASE)  # what it does itself is told to nobody
_SINGLE_KIND = re.compile(rf"(?:{KINDS}|các|tất cả)", re.IGNORECASE)

_OPENS = re.compile(
    r"\b(?:trước|chậm nhất|muộn nhất|không muộn hơn|không quá|đến hết|hết (?:ngày|tháng|quý|năm)|xong trong"
    r"|trong (?:ngày|tuần|tháng|quý|năm|vòng|thời hạn|thời gian(?! qua)|\d{1,3} ngày)|thời hạn|(?<=[,;(] )hạn|vào ngày"
    r"|(?<!tháng )(?:đầu|giữa|cuối) (?:tháng|quý|năm)|(?:định kỳ )?(?:hằng|hàng) (?:tuần|tháng|quý)"
    r"|định kỳ (?:hằng|hàng) năm)(?!\w)",
    re.IGNORECASE,
)
_CLOSES = re.compile(r"[;,.()]|\s(?=để|gửi|báo cáo|và|về|cho|theo|nhằm|phải|trình|tổng hợp|hoàn thành)|$")
_STOPS = ";,.()"
_TIME = re.compile(r"\d|ngày|tháng|quý|tuần|năm|phiên|cuộc họp|kỳ|thời gian|quy định", re.IGNORECASE)
_BEFORE_PHRASE = re.compile(
    r"\s*[,;(:–-]\s*(?:(?:và|phải|bảo đảm|đảm bảo|hoàn thành|thực hiện|xong|trình|gửi|nộp|thời gian|thời hạn|hạn)"
    r"[\s:]*)*$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?:thời )?hạn(?: hoàn thành| thực hiện)?\s*:?\s+", re.IGNORECASE)
_LONGEST_SENTENCE, _LONGEST_NAME, _LONGEST_PHRASE = 2000, 400, 120
_ENDS = " .,;:/–-("


@dataclass(frozen=True, slots=True)
class Order:
    """A sentence that assigns, in its own words; `remark`: those that name some only as “các đơn vị liên quan”.

    `is_given` where a word of giving says so (giao, yêu cầu, đề nghị, chủ trì), or a colon stands behind the name.
    """

    who: str
    what: str
    joining: str = ""
    remark: str = ""
    phrase: str = ""
    is_given: bool = True

    @property
    def is_own_task(self) -> bool:
        """Tell whether those who are named begin a sentence of what they are to do, not of how well they did it."""
        return not self.is_to_many and does(self.what) and _ASSESSES.search(self.what) is None

    @property
    def is_to_many(self) -> bool:
        """Tell whether it is said to many at once, of whom none is named."""
        return re.match(_MANY, self.who, re.IGNORECASE) is not None


def order_of(sentence: str, on: date) -> Order | None:
    """Read whom a sentence tells to do what; None where it is said to nobody. `on`: the day of the document."""
    rest, is_given = _after_order(_COURTESY.sub("", sentence.strip(_ENDS)))
    end = _end_of_name(rest) if _WHO.match(rest) else 0
    who = rest[:end].strip(_ENDS)
    if not 0 < len(who) <= _LONGEST_NAME or (not is_given and (_NO_NAME.search(who) or _SPEAKS.match(who))):
        return None
    said = rest[end:]
    joining, what = _joining(_LEADING.sub("", said))
    named = rest[: len(rest) - len(what)].strip(_ENDS)
    phrase, what = when_of(what, on)
    return Order(
        _CONCERNED.sub("", who) or who,
        what,
        _CONCERNED.sub("", joining).strip(_ENDS),
        named if _CONCERNED.search(who) or _CONCERNED.search(joining) else "",
        phrase,
        is_given or _CHARGES.match(said) is not None,
    )


def does(text: str) -> bool:
    """Tell whether a text begins with a word of doing: it is said to whoever was named before."""
    return _DOES.match(text) is not None


def tells_of(text: str) -> bool:
    """Tell whether a text says how things stand, and so nothing that is to be done."""
    return _NO_NAME.match(text) is not None


def vague_term_of(what: str) -> str:
    """Give the word that stands for a day where none is named: “sớm hoàn thiện hồ sơ”; empty where none does."""
    found = _VAGUE_TERM.match(what)
    return found.group().lower() if found else ""


def when_of(text: str, on: date) -> tuple[str, str]:
    """Find the deadline in what is to be done, as written, and give what is left once one at its end is cut off."""
    found = list(_stretches(text, on))
    sure = [(start, end) for start, end, is_sure in found if is_sure]
    if not found:
        return "", text.strip(_ENDS)
    start, end = (sure[0][0], sure[-1][1]) if sure else found[-1][:2]
    rest = text[:start] if not text[end:].strip(" .;,)/") else text
    cut = _BEFORE_PHRASE.sub("", rest).strip(_ENDS) if rest != text else rest.strip(_ENDS)
    return _LABEL.sub("", text[start:end].strip(_ENDS)), cut or text.strip(_ENDS)


def _after_order(sentence: str) -> tuple[str, bool]:
    """Give what follows a word of giving that is said to somebody; the whole sentence where there is none."""
    for found in _ORDER.finditer(sentence):
        rest = _COURTESY.sub("", sentence[found.end() :])
        if _WHO.match(rest):
            by_another = _SUPERIOR.match(sentence) or _WHO.match(sentence) is None
            return (rest, True) if by_another or _end_of_name(sentence) >= found.start("order") else (sentence, False)
    return sentence, False


def _end_of_name(text: str) -> int:
    for found in _ENDS_NAME.finditer(text):
        if not _SINGLE_KIND.fullmatch(text[: found.start()].strip()):
            return found.start()
    return len(text)


def _joining(said: str) -> tuple[str, str]:
    """Part who joins in from what is to be done: “phối hợp với A, B rà soát”, “Sở Tài chính phối hợp rà soát”."""
    if found := _TOGETHER.match(said):
        rest = said[found.end() :]
        end = _end_of_name(rest) if _WHO.match(rest) else 0
        return (rest[:end].strip(_ENDS), _LEADING.sub("", rest[end:])) if 0 < end < len(rest) else ("", said)
    if _WHO.match(said) and (found := _JOINS_IN.match(said)):
        return found["units"].strip(_ENDS), said[found.end() :]
    return "", said


def _stretches(text: str, on: date) -> Iterator[tuple[int, int, bool]]:
    """Give where deadlines may stand, and whether each can be read."""
    after = 0
    for found in _OPENS.finditer(text, 0, _LONGEST_SENTENCE):
        if found.start() < after:
            continue
        ends = [each.start() for each in _CLOSES.finditer(text, found.end(), found.start() + _LONGEST_PHRASE)]
        readings = {end: said_deadline(text[found.start() : end], on) for end in ends}
        sure = [end for end in ends if readings[end] != AMBIGUOUS]
        if sure:
            after = next(end for end in sure if readings[end] == readings[sure[-1]])
            yield found.start(), after, True
            continue
        stop = next((end for end in ends if text[end : end + 1] in _STOPS), found.end())
        if _TIME.search(text[found.start() : stop]):
            yield found.start(), stop, False
