from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.units import Certainty, Match, Named, Sort, match, register, sound_alike

HEALTH = Named(1, "Sở Y tế", "SYT", "SYT")
FINANCE = Named(2, "Sở Tài chính", "STC", "STC")
MEDIA = Named(3, "Sở Thông tin và Truyền thông", "Sở TT&TT", "STTTT")
POLICE = Named(4, "Công an tỉnh", "CA tỉnh", "CA")
CITY = Named(5, "UBND thành phố Nam Định", "TP Nam Định", "TPND")
DISTRICT = Named(6, "UBND huyện Vụ Bản", "huyện Vụ Bản", "VB")
BLOC = Named(7, "Khối nội chính", sort=Sort.GROUP)
ECONOMY = Named(8, "Khối thi đua các sở, ngành kinh tế", sort=Sort.GROUP)
WARD = Named(9, "UBND phường Hải Hà", code="P1")
COMMUNE = Named(10, "UBND xã Hải Hà", code="X1")
AGENCIES = Named(11, "Sở, ban, ngành", sort=Sort.KIND)
NAMES = (HEALTH, FINANCE, MEDIA, POLICE, CITY, DISTRICT, BLOC, ECONOMY, WARD, COMMUNE, AGENCIES)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Sở Y tế", HEALTH),
        ("so y te", HEALTH),
        ("SYT", HEALTH),
        ("syt.", HEALTH),
        ("Sở Y-tế", HEALTH),
        ("Y tế", HEALTH),
        ("Sở Thông tin & Truyền thông", MEDIA),
        ("Sở TTTT", MEDIA),
        ("Công an", POLICE),
        ("thành phố Nam Định", CITY),
        ("TP. Nam Định", CITY),
        ("Uỷ ban nhân dân TP Nam Định", CITY),
        ("huyện Vụ Bản", DISTRICT),
        ("H. Vụ Bản", DISTRICT),
        ("Vụ Bản", DISTRICT),
        ("UBND  huyện\u00a0Vụ Bản (cũ)", DISTRICT),
        ("Khối thi đua nội chính", BLOC),
        ("Khối các sở, ngành kinh tế", ECONOMY),
        ("phường Hải Hà", WARD),
        ("các sở, ban, ngành", AGENCIES),
    ],
)
def test_a_name_is_found_as_documents_write_it(written: str, found: Named) -> None:
    assert match(written, NAMES) == Match(written, Certainty.EXACT, found)
    assert match(normalize("NFD", written), NAMES).found == found


def test_a_name_that_fits_two_is_asked() -> None:
    assert match("Hải Hà", NAMES) == Match("Hải Hà", Certainty.AMBIGUOUS, nearest=(WARD, COMMUNE))


def test_diacritics_decide_where_they_are_typed() -> None:
    rivers = (Named(1, "xã Hải Hà"), Named(2, "xã Hải Hạ"))
    assert match("xã Hải Hạ", rivers).found == rivers[1]
    assert match("xa hai ha", rivers).certainty is Certainty.AMBIGUOUS


@pytest.mark.parametrize("written", ["Ban Nội chính", "Sở Vụ Bản", "UBND tỉnh Nam Định", "Sở", "UBND", "", "các"])
def test_other_words_of_kind_and_bare_ones_mean_nobody(written: str) -> None:
    assert match(written, NAMES).certainty is Certainty.UNKNOWN


def test_an_unknown_name_comes_with_the_three_nearest() -> None:
    found = match("Sở Tài chinhs", NAMES)
    assert (found.certainty, found.nearest[0], len(found.nearest)) == (Certainty.UNKNOWN, FINANCE, 3)


@pytest.mark.parametrize(
    ("written", "likely"),
    [
        ("huyen Vụ Bàng", DISTRICT),
        ("Vu Bann", DISTRICT),
        ("Khối thi đua các sở kinh tế", ECONOMY),
        ("Sở Y tê tỉnh ta", HEALTH),
    ],
)
def test_the_likeliest_name_is_proposed_first(written: str, likely: Named) -> None:
    assert match(written, NAMES).nearest[0] == likely


def test_an_empty_directory_knows_nobody() -> None:
    assert match("Sở Y tế", ()) == Match("Sở Y tế", Certainty.UNKNOWN)


@given(st.sampled_from(NAMES), st.sampled_from(["", "  ", ".", ";"]), st.booleans())
def test_the_directorys_own_spelling_always_finds_it(named: Named, tail: str, shout: bool) -> None:  # noqa: FBT001
    written = named.name.upper() if shout else named.name
    assert match(f" {written}{tail}", register(NAMES)).found == named


@given(st.text(max_size=300))
def test_any_text_is_matched_or_met_with_three_proposals_at_most(text: str) -> None:
    found = match(text, NAMES)
    assert (found.found is not None) == (found.certainty is Certainty.EXACT)
    assert found.certainty is not Certainty.UNKNOWN or len(found.nearest) <= 3


@pytest.mark.parametrize(
    ("written", "name", "is_like"),
    [
        ("Sở Tài nguyên Môi chường", "Sở Tài nguyên và Môi trường", True),
        ("Vũ Bảng", "UBND huyện Vụ Bản", True),
        ("Báo Nam Định", "UBND thành phố Nam Định", False),
        ("UBND các huyện, thành phố", "UBND thành phố Nam Định", False),
        ("Sở Lạ", "Sở Y tế", False),
    ],
)
def test_a_slip_of_letters_is_alike_and_another_body_is_not(written: str, name: str, *, is_like: bool) -> None:
    assert sound_alike(written, name) is is_like
