"""The words of deadlines that are lists: numbers, weekdays, actions, and words that free text may not hold."""

from models.rules.deadline.parsing import Rule, give, number, opt, word

_ONES = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_LATER_ONES = (("mốt", 1), ("tư", 4), ("lăm", 5), ("nhăm", 5))


def _spelled_numbers() -> dict[str, int]:
    spelled = {name: value for value, name in enumerate(_ONES, 1)} | {"tư": 4, "bẩy": 7, "mười": 10}
    for ten, start in (("mười", 10), ("hai mươi", 20), ("ba mươi", 30)):
        spelled |= {f"{ten} {name}": start + value for value, name in enumerate(_ONES, 1)}
        spelled |= {f"{ten} {name}": start + value for name, value in _LATER_ONES}
    return spelled | {"hai mươi": 20, "ba mươi": 30}


SPELLED = _spelled_numbers()
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
WEEKDAY_NAMES = {
    **dict.fromkeys(("thứ hai", "thứ 2", "t2"), 0),
    **dict.fromkeys(("thứ ba", "thứ 3", "t3"), 1),
    **dict.fromkeys(("thứ tư", "thứ 4", "t4"), 2),
    **dict.fromkeys(("thứ năm", "thứ 5", "t5"), 3),
    **dict.fromkeys(("thứ sáu", "thứ 6", "t6"), 4),
    **dict.fromkeys(("thứ bảy", "thứ bẩy", "thứ 7", "t7"), 5),
    **dict.fromkeys(("chủ nhật", "chúa nhật", "cn"), 6),
}

comma = opt(word(",", "."))
joint = opt(word(",", ".", ":", "-", ";"))
spelled = word(*SPELLED).to(SPELLED.__getitem__)
counted = number(1, 999, digits=(1, 2, 3)) | spelled
year_number = number(1990, 2099, digits=(4,))
first_of = word("đầu", "đầu tiên")
last_of = word("cuối", "cuối cùng")
of = opt(word("của", "trong", "vào"))
coming = word("sau", "tới", "tiếp theo", "kế tiếp", "liền kề", "sau liền kề", "kế tiếp liền kề")
each = word("hằng", "hàng", "mỗi", "từng")
weekday_name: Rule[int] = (
    word("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "thứ bẩy", "chủ nhật", "cn").to(
        WEEKDAY_NAMES.__getitem__
    )
    | (word("thứ") | word("t")) >> number(2, 7, digits=(1,)).to(lambda day: day - 2)
)

actions = word(
    *("gửi", "nộp", "trình", "báo cáo", "hoàn thành", "xong", "thực hiện", "tổ chức", "dự kiến", "triển khai", "ban hành"),
    *("đăng ký", "xây dựng", "tổng hợp", "kết thúc", "họp", "ký", "phát động", "tiến hành", "đề nghị", "yêu cầu", "phải"),
    *("cần", "hồ sơ", "kết quả", "văn bản", "sơ kết", "tổng kết", "rà soát", "kiểm tra", "đánh giá", "công bố", "khai mạc"),
    *("về", "cho", "được", "là", "sẽ gửi", "thời gian", "thời hạn", "hạn", "hạn nộp", "deadline", "thời điểm", "cập nhật"),
)

# what may change the meaning of a date beside it, or name another one
reserved = word(
    *("trước", "sau", "từ", "đến", "tới", "hết", "trong", "vào", "ngày", "tháng", "năm", "quý", "quí", "tuần", "thứ", "giờ"),
    *("phút", "sáng", "trưa", "chiều", "tối", "đêm", "buổi", "hôm", "mai", "nay", "kia", "hằng", "hàng", "mỗi", "từng"),
    *("chậm", "muộn", "trễ", "sớm", "hạn", "thời hạn", "gia hạn", "lùi", "hoãn", "hủy", "dời", "đổi", "thay", "bỏ", "dừng"),
    *("không", "chưa", "chẳng", "đừng", "chớ", "cấm", "nếu", "trừ", "ngoại", "nhưng", "hoặc", "hay", "tùy", "riêng", "khác"),
    *("khi", "đã", "sẽ", "theo", "định kỳ", "thường xuyên", "đột xuất", "khoảng", "tầm", "chừng", "gần", "độ", "cỡ", "ngoài"),
    *("đầu", "giữa", "cuối", "thượng tuần", "trung tuần", "hạ tuần", "nửa", "kể", "tính", "cùng kỳ", "lịch", "tết", "mùng"),
    *("ít", "tối thiểu", "tối đa", "quá", "lần", "đợt", "kỳ", "dự kiến", "sẽ thông báo", "bắt đầu", "ngay", "cũ", "lại", "vẫn"),
    *("mồng", "rằm", "giêng", "chạp", "âm", "dương", "h", "t", "q", "cn", "có thể", "hơn", "suốt", "cả", "quanh", "chỉ"),
)
signed_zero = give(0, word("nay"))
