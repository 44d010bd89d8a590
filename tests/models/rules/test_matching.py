import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.matching import Asked, fit

HALF = Asked(1, "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm", "Báo cáo", "02/KH-HĐTĐKT", frozenset({"2022"}))
WHOLE = Asked(2, "Báo cáo tổng kết phong trào thi đua năm", "Báo cáo", "02/KH-HĐTĐKT", frozenset({"2022"}))
ENROL = Asked(3, "Đăng ký danh hiệu thi đua năm 2022", "Danh sách")
PRAISE = Asked(4, "Giới thiệu điển hình tiên tiến", "Hồ sơ")
QUARTER = Asked(5, "Báo cáo quý II về phong trào thi đua", "Báo cáo")
ALL = (HALF, WHOLE, ENROL, PRAISE, QUARTER)
WORDS = st.text(alphabet="abcdeghiklmnopqrstuvxy 0126/-quýIVthángnăm", max_size=60)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm 2022", HALF),
        ("bao cao so ket phong trao thi dua yeu nuoc 6 thang dau nam", HALF),
        ("Báo cáo tổng kết phong trào thi đua năm 2022", WHOLE),
        ("V/v đăng ký danh hiệu thi đua năm 2022", ENROL),
        ("V/v giới thiệu gương điển hình tiên tiến ngành Y tế", PRAISE),
        ("Báo cáo phong trào thi đua quý 2", QUARTER),
    ],
)
def test_a_subject_with_the_words_of_one_title_surely_answers_it(subject: str, expected: Asked) -> None:
    assert fit(subject, ALL).sure == expected


@pytest.mark.parametrize(
    ("subject", "likeliest"),
    [
        ("Báo cáo 6 tháng đầu năm", HALF),
        ("Báo cáo kết quả công tác thi đua, khen thưởng 6 tháng đầu năm 2022", HALF),
        ("Kế hoạch sơ kết phong trào thi đua 6 tháng đầu năm", HALF),
        ("Báo cáo theo Kế hoạch số 02/KH-HĐTĐKT", HALF),
        ("Báo cáo sơ kết thi đua", HALF),
        ("Báo cáo tổng kết phong trào thi đua năm 2021", WHOLE),
    ],
)
def test_what_is_doubtful_is_asked_with_the_likeliest_first(subject: str, likeliest: Asked) -> None:
    found = fit(subject, (HALF, WHOLE) if likeliest in {HALF, WHOLE} else ALL)
    assert (found.sure, found.perhaps[0]) == (None, likeliest)


@pytest.mark.parametrize(
    "subject", ["V/v mời dự họp giao ban tháng 6", "Báo cáo thu chi ngân sách tháng 5", "V/v cung cấp số liệu", ""]
)
def test_other_matters_answer_nothing(subject: str) -> None:
    found = fit(subject, ALL)
    assert (found.sure, found.perhaps) == (None, ())


def test_two_tasks_of_the_same_title_are_asked_about() -> None:
    twin = Asked(9, HALF.title)
    found = fit(HALF.title, (HALF, twin))
    assert (found.sure, set(found.perhaps)) == (None, {HALF, twin})


def test_nobody_without_open_tasks_answers_anything() -> None:
    assert fit(HALF.title, ()).perhaps == ()


@given(WORDS, st.lists(WORDS, max_size=4))
def test_any_words_are_sure_of_one_task_at_most_and_the_order_of_tasks_does_not_matter(
    subject: str, titles: list[str]
) -> None:
    tasks = [Asked(number, title) for number, title in enumerate(titles)]
    found, other = fit(subject, tasks), fit(subject, tasks[::-1])
    assert found.sure == other.sure
    assert set(found.perhaps) <= set(tasks)
    assert found.sure is None or found.perhaps == ()
