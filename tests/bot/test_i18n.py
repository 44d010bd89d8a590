"""How a sentence is spoken: in the language of who reads it, with values as that language says them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.i18n import Catalogues, catalogues
from models.rules.text import Text, t

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
GREETING = t("Dear {name}, {posts}.", name="Lan", posts=("Chuyên viên, Sở Y tế",))


def said(line: Text | str, locale: str = "vi", default: str = "vi") -> str:
    return catalogues(default).speech(locale, ZONE).say(line)


def test_each_reader_is_spoken_to_in_his_own_language() -> None:
    assert said(GREETING, "vi") == "Kính gửi đồng chí Lan, Chuyên viên, Sở Y tế."
    assert said(GREETING, "en") == "Dear Lan, Chuyên viên, Sở Y tế."


@pytest.mark.parametrize("locale", ["", "fr", "../vi", "VI"])
def test_an_unknown_language_falls_back_to_the_councils(locale: str) -> None:
    assert said(GREETING, locale) == said(GREETING, "vi")
    assert said(GREETING, locale, default="en") == said(GREETING, "en")


def test_a_sentence_without_translation_is_said_as_it_stands() -> None:
    assert said(t("No catalogue holds {this}.", this=1)) == "No catalogue holds 1."


def test_somebodys_own_words_are_never_changed() -> None:
    assert said("{name} %s {0} <b>") == "{name} %s {0} <b>"
    assert said(t("{words}", words="{name} {0.__class__}")) == "{name} {0.__class__}"


def test_moments_are_spoken_in_the_councils_zone() -> None:
    late = datetime(2022, 6, 9, 17, 30, tzinfo=UTC)
    assert said(t("{time}", time=late)) == "00:30 ngày 10/6/2022"


@pytest.mark.parametrize(
    ("value", "spoken"),
    [
        (date(2022, 3, 7), "07/3/2022"),
        (time(7, 5), "07h05"),
        ((date(2022, 12, 1), date(2022, 2, 11)), "01/12/2022, 11/02/2022"),
        (t("the secretariat"), "cơ quan thường trực"),
        ((), ""),
        (3, "3"),
    ],
)
def test_values_are_spoken_as_documents_write_them(value: object, spoken: str) -> None:
    assert said(t("{value}", value=value)) == spoken


def test_a_sentence_kept_by_a_letter_is_spoken_later_as_it_was_meant() -> None:
    line = t("Recorded at {time}: {title}.", time=datetime(2022, 6, 9, 1, 0, tzinfo=UTC), title=t("{a}", a=("x", "y")))
    assert said(Text.from_json(line.as_json()), "en") == said(line, "en")


def test_what_no_catalogue_has_is_still_said_where_there_is_no_language_at_all() -> None:
    assert Catalogues("vi", {}).speech("vi", ZONE).say(t("Good {what}.", what="day")) == "Good day."
