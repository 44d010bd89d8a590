"""Collects the sentences that people may read, from where they are written into each language's catalogue."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("models", "documents", "handlers", "pages", "bot")
LANGUAGES = ("vi",)

_WRITTEN_IN = [("**.py", "python"), ("**.html", "jinja2")]
_HEADER = (
    "# How Đôn Đốc speaks in this language; the English sentences are the keys. `make catalogues` adds the new ones."
)
_AUTHORS = {
    "copyright_holder": "Đôn Đốc authors",
    "last_translator": "Đôn Đốc authors",
    "language_team": "Đôn Đốc authors",
    "msgid_bugs_address": "CONTRIBUTING.md",
}
_SAID_BY: dict[str, None] = {"t": None, "N_": None, "_": None}


def collected() -> Catalog:
    """Every sentence of the rooms, with the files it is written in."""
    sentences = Catalog(project="dondoc", fuzzy=False)
    for room in ROOMS:
        found = extract_from_dir(ROOT / room, method_map=_WRITTEN_IN, keywords=_SAID_BY)
        for file, _, sentence, _, _ in found:
            sentences.add(sentence, locations=[(f"{room}/{file}", 0)])
    return sentences


def catalogue_file(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return ROOT / "locales" / language / "LC_MESSAGES" / "dondoc.po"


def catalogue(language: str) -> Catalog:
    """The catalogue of a language as it is kept; an empty one if there is none yet."""
    file = catalogue_file(language)
    if not file.exists():
        return Catalog(language, header_comment=_HEADER, project="dondoc", version="1", fuzzy=False, **_AUTHORS)
    with file.open("rb") as stream:
        return read_po(stream, locale=language, ignore_obsolete=True)


def brought_up(language: str, sentences: Catalog) -> Catalog:
    """The catalogue of a language with the new sentences, untranslated, and without those that nobody says any more."""
    kept = catalogue(language)
    collected_at = kept.creation_date
    kept.update(sentences, no_fuzzy_matching=True)
    kept.obsolete.clear()
    # a sentence's file is worth a line in a change, the hour of collecting is not
    kept.creation_date = collected_at
    return kept


def write(language: str, kept: Catalog) -> None:
    """Keep the catalogue of a language, in the order of the sentences."""
    file = catalogue_file(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        write_po(stream, kept, sort_output=True, include_lineno=False, width=0)
