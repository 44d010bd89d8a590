"""Each language says every sentence, with the same values, in the Council's manner."""

import re

import pytest
from babel.messages.catalog import Catalog

from locales.collecting import LANGUAGES, catalogue, collected

VALUE = re.compile(r"\{(\w+)[^}]*\}")
# formal Vietnamese neither shouts nor says "bạn" to anybody ("ban" the board is another word)
NOT_SAID = re.compile(r"!|\bbạn\b|[\U0001F300-\U0001FAFF\u23F0\u26A0\u2705\u274C\u2B50]", re.IGNORECASE)


@pytest.fixture(scope="module")
def sentences() -> Catalog:
    return collected()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_every_sentence(language: str, sentences: Catalog) -> None:
    kept = catalogue(language)
    unsaid = [message.id for message in sentences if message.id and not said(kept, str(message.id))]
    assert unsaid == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_keeps_nothing_that_is_no_longer_said(language: str, sentences: Catalog) -> None:
    spare = [message.id for message in catalogue(language) if message.id and message.id not in sentences]
    assert spare == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_speaks_of_the_same_values(language: str) -> None:
    different = [
        (message.id, message.string)
        for message in catalogue(language)
        if message.string and set(VALUE.findall(str(message.id))) != set(VALUE.findall(str(message.string)))
    ]
    assert different == []


def test_vietnamese_is_formal() -> None:
    informal = [message.string for message in catalogue("vi") if message.id and NOT_SAID.search(str(message.string))]
    assert informal == []


def said(kept: Catalog, sentence: str) -> str:
    message = kept.get(sentence)
    return "" if message is None or message.fuzzy else str(message.string)
