import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.scopes import ScopeKind, WrittenScope, split_scopes
from models.rules.units import Named, Sort, register

UNITS = ["Sở Y tế", "Sở Tài chính", "Sở Thông tin và Truyền thông", "UBND huyện Vụ Bản", "UBND huyện Ý Yên"]
GROUPS = [
    "Khối thi đua các sở, ngành kinh tế",
    "Cụm thi đua các huyện, thành phố",
    "Khối thi đua các sở, ngành văn hóa - xã hội",
]
NAMES = register(
    [
        *(Named(number, name) for number, name in enumerate(UNITS)),
        *(Named(number, name, sort=Sort.GROUP) for number, name in enumerate(GROUPS, start=100)),
    ]
)


def texts(cell: str) -> list[str]:
    return [scope.text for scope in split_scopes(cell, NAMES)]


def kinds(cell: str) -> list[ScopeKind]:
    return [scope.kind for scope in split_scopes(cell, NAMES)]


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Sở Y tế; Sở Tài chính; UBND huyện Vụ Bản", ["Sở Y tế", "Sở Tài chính", "UBND huyện Vụ Bản"]),
        (
            "Khối thi đua các sở, ngành kinh tế; huyện Vụ Bản, huyện Ý Yên",
            ["Khối thi đua các sở, ngành kinh tế", "huyện Vụ Bản", "huyện Ý Yên"],
        ),
        (
            "Khối thi đua các sở, ngành văn hóa - xã hội;\nhuyện Vụ Bản",
            ["Khối thi đua các sở, ngành văn hóa - xã hội", "huyện Vụ Bản"],
        ),
        ("Khối thi đua các sở,\nngành kinh tế\nSở Y tế", ["Khối thi đua các sở, ngành kinh tế", "Sở Y tế"]),
        ("Sở Y tế, Khối các sở, ngành kinh tế", ["Sở Y tế", "Khối các sở, ngành kinh tế"]),
        ("Sở Thông tin và Truyền thông", ["Sở Thông tin và Truyền thông"]),
        ("- Sở Y tế\n- Sở Tài chính và huyện Ý Yên.", ["Sở Y tế", "Sở Tài chính", "huyện Ý Yên"]),
        ("1. Sở Y tế\n2) Sở Tài chính", ["Sở Y tế", "Sở Tài chính"]),
        ("Báo Nam Định; Đài PT-TH tỉnh", ["Báo Nam Định", "Đài PT-TH tỉnh"]),
        ("Khối thi đua MTTQ, các đoàn thể chính trị - xã hội", ["Khối thi đua MTTQ, các đoàn thể chính trị - xã hội"]),
        ("Sở Y tế, Sở Nông lâm", ["Sở Y tế, Sở Nông lâm"]),
        ("Sở Y tế; Sở Y tế", ["Sở Y tế"]),
        ("Sở Y tế,\nSở Nông lâm,", ["Sở Y tế", "Sở Nông lâm"]),
        (" ;\n; ", []),
    ],
)
def test_a_cell_is_parted_where_each_part_is_somebody(cell: str, parts: list[str]) -> None:
    assert texts(cell) == parts


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Các cơ quan, đơn vị, địa phương", ScopeKind.EVERYONE),
        ("Các cơ quan, đơn vị,\nđịa phương trong tỉnh", ScopeKind.EVERYONE),
        ("Tất cả các cơ quan, đơn vị và địa phương", ScopeKind.EVERYONE),
        ("Các đơn vị", ScopeKind.EVERYONE),
        ("cac co quan, don vi, dia phuong", ScopeKind.EVERYONE),
        ("Trưởng các cụm, khối thi đua", ScopeKind.GROUP_LEADERS),
        ("Các Trưởng cụm, Trưởng khối thi đua", ScopeKind.GROUP_LEADERS),
        ("Thành viên cụm, khối", ScopeKind.GROUP_MEMBERS),
        ("Các thành viên các cụm, khối thi đua của tỉnh", ScopeKind.GROUP_MEMBERS),
        ("Thành viên Hội đồng", ScopeKind.MEMBERS),
        ("Các thành viên Hội đồng Thi đua - Khen thưởng tỉnh", ScopeKind.MEMBERS),
        ("Phụ trách chung", ScopeKind.GENERAL),
        ("- nt -", ScopeKind.SAME),
        ("-nt-", ScopeKind.SAME),
        ("Như trên", ScopeKind.SAME),
        ('"', ScopeKind.SAME),
        ("Các cơ quan, đơn vị có liên quan", ScopeKind.NAMED),
        ("Đơn vị", ScopeKind.NAMED),
    ],
)
def test_words_that_mean_many_are_known(cell: str, kind: ScopeKind) -> None:
    assert kinds(cell) == [kind]


def test_words_that_mean_many_stand_beside_names() -> None:
    cell = "Sở Y tế, các cơ quan, đơn vị, địa phương; Thành viên Hội đồng"
    assert kinds(cell) == [ScopeKind.NAMED, ScopeKind.EVERYONE, ScopeKind.MEMBERS]


def test_without_a_directory_commas_part_nothing() -> None:
    assert split_scopes("Sở Y tế, Sở Tài chính") == (WrittenScope(ScopeKind.NAMED, "Sở Y tế, Sở Tài chính"),)


@given(
    st.lists(st.sampled_from([*UNITS, *GROUPS]), unique=True, max_size=6), st.sampled_from(["; ", ";\n", "\n", ", "])
)
def test_any_list_of_known_names_is_parted_into_them(names: list[str], separator: str) -> None:
    assert texts(separator.join(names)) == names


@given(st.text(alphabet='aăâđê sở,;-\n."và', max_size=200))
def test_any_cell_is_parted_without_empty_parts(cell: str) -> None:
    assert all(scope.text for scope in split_scopes(cell, NAMES))
