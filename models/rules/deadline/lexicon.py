"""The words of deadlines that are lists: numbers, weekdays, actions, and words that free text may not hold."""

from models.rules.deadline.parsing import Rule, free_word, number, opt, word

_ONES = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_LATER_ONES = (("mốt", 1), ("tư", 4), ("lăm", 5), ("nhăm", 5))
_WEEKDAYS = {
    "thứ hai": 0,
    "thứ ba": 1,
    "thứ tư": 2,
    "thứ năm": 3,
    "thứ sáu": 4,
    "thứ bảy": 5,
    "thứ bẩy": 5,
    "chủ nhật": 6,
    "cn": 6,
}
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def _spelled_numbers() -> dict[str, int]:
    named = {name: value for value, name in enumerate(_ONES, 1)} | {"tư": 4, "bẩy": 7, "mười": 10}
    for ten, start in (("mười", 10), ("hai mươi", 20), ("ba mươi", 30)):
        named |= {f"{ten} {name}": start + value for value, name in enumerate(_ONES, 1)}
        named |= {f"{ten} {name}": start + value for name, value in _LATER_ONES}
    return named | {"hai mươi": 20, "ba mươi": 30}


_SPELLED = _spelled_numbers()


def spelled(low: int, high: int) -> Rule[int]:
    """Read a number in words between the two."""
    return word(*_SPELLED).to(lambda name: _SPELLED[name] if low <= _SPELLED[name] <= high else None)


comma = opt(word(",", "."))
joint = opt(word(",", ".", ":", "-", ";"))
counted = number(1, 999, digits=(1, 2, 3)) | spelled(1, 39)
year_number = number(1990, 2099, digits=(4,))
first_of = word("đầu", "đầu tiên")
last_of = word("cuối", "cuối cùng")
of = opt(word("của", "trong", "vào"))
coming = word("sau", "tới", "tiếp theo", "kế tiếp", "liền kề", "sau liền kề", "kế tiếp liền kề")
each = word("hằng", "hàng", "mỗi", "từng")
weekday_name: Rule[int] = word(*_WEEKDAYS).to(_WEEKDAYS.__getitem__) | word("thứ", "t") >> number(2, 7, digits=(1,)).to(
    lambda name: name - 2
)

verbs = word(
    *(
        "gửi",
        "nộp",
        "trình",
        "báo cáo",
        "hoàn thành",
        "xong",
        "thực hiện",
        "tổ chức",
        "triển khai",
        "ban hành",
        "đăng ký",
    ),
    *(
        "xây dựng",
        "tổng hợp",
        "kết thúc",
        "họp",
        "ký",
        "phát động",
        "tiến hành",
        "rà soát",
        "kiểm tra",
        "đánh giá",
        "công bố",
    ),
    *("khai mạc", "sơ kết", "tổng kết", "cập nhật", "phải", "cần"),
)
labels = word(
    *(
        "dự kiến",
        "đề nghị",
        "yêu cầu",
        "hồ sơ",
        "kết quả",
        "văn bản",
        "về",
        "cho",
        "được",
        "là",
        "thời gian",
        "thời hạn",
        "hạn",
    ),
    *("deadline", "thời điểm"),
)

# what may change the meaning of a date beside it, or name another one
_RESERVED = (
    *(
        "trước",
        "sau",
        "từ",
        "đến",
        "tới",
        "hết",
        "trong",
        "vào",
        "ngày",
        "tháng",
        "năm",
        "quý",
        "quí",
        "tuần",
        "thứ",
        "giờ",
    ),
    *("phút", "sáng", "trưa", "chiều", "tối", "đêm", "buổi", "hôm", "mai", "nay", "kia", "hằng", "hàng", "mỗi", "từng"),
    *("chậm", "muộn", "trễ", "sớm", "hạn", "lùi", "hoãn", "hủy", "dời", "đổi", "thay", "bỏ", "dừng", "không", "chưa"),
    *(
        "chẳng",
        "đừng",
        "chớ",
        "cấm",
        "nếu",
        "trừ",
        "ngoại",
        "nhưng",
        "hoặc",
        "hay",
        "tùy",
        "riêng",
        "khác",
        "khi",
        "đã",
        "sẽ",
    ),
    *(
        "theo",
        "định kỳ",
        "thường xuyên",
        "đột xuất",
        "khoảng",
        "tầm",
        "chừng",
        "gần",
        "độ",
        "cỡ",
        "ngoài",
        "đầu",
        "giữa",
    ),
    *(
        "cuối",
        "thượng tuần",
        "trung tuần",
        "hạ tuần",
        "nửa",
        "kể",
        "tính",
        "cùng kỳ",
        "âm",
        "dương lịch",
        "tết",
        "mùng",
    ),
    *(
        "mồng",
        "rằm",
        "giêng",
        "chạp",
        "ít",
        "tối thiểu",
        "tối đa",
        "quá",
        "lần",
        "đợt",
        "kỳ",
        "dự kiến",
        "bắt đầu",
        "ngay",
    ),
    *(
        "cũ",
        "lại",
        "vẫn",
        "h",
        "t",
        "q",
        "cn",
        "có thể",
        "hơn",
        "suốt",
        "cả",
        "quanh",
        "chỉ",
        "chờ",
        "đợi",
        "tạm",
        "nghỉ",
    ),
)
_HARMLESS = (
    *(
        "ngân hàng",
        "tiến độ",
        "chế độ",
        "đầu tư",
        "đầu mối",
        "chỉ đạo",
        "chỉ tiêu",
        "theo mẫu",
        "theo biểu mẫu",
        "theo đề cương",
    ),
    *("trao đổi", "tài nguyên", "quân khu", "văn bản", "hội nghị", "có", "ký", "hội đồng"),
)
free: Rule[str] = free_word(word(*_RESERVED)) | word(*_HARMLESS)
