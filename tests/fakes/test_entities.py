"""Formatting: what is read from HTML and written again is the same, and aiogram writes it likewise."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.telegram.entities import HtmlError, detected, read_html, to_html, trimmed
from tests.fakes.texts import units

LETTERS = st.text(st.sampled_from("aĐổ 1<>&\"'\n👍"), max_size=8)
TAGS = st.sampled_from(["b", "i", "u", "s", "code", "blockquote", "tg-spoiler"])


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


TREES = st.recursive(
    LETTERS.map(escaped),
    lambda inner: st.one_of(
        st.builds(lambda tag, content: f"<{tag}>{content}</{tag}>", TAGS, inner),
        st.builds(lambda content: f'<a href="https://example.org/?a=1&amp;b">{content}</a>', inner),
        st.builds(str.__add__, inner, inner),
    ),
    max_leaves=8,
)


@given(TREES)
def test_what_is_read_and_written_again_is_the_same(markup: str) -> None:
    text, entities = read_html(markup)
    assert read_html(to_html(text, entities)) == (text, entities)


@given(TREES)
def test_every_entity_lies_within_the_text(markup: str) -> None:
    text, entities = trimmed(*read_html(markup))
    assert text == text.strip()
    assert all(0 <= each["offset"] < each["offset"] + each["length"] <= units(text) for each in entities)


@given(TREES)
def test_aiogram_writes_the_same_formatting(markup: str) -> None:
    from aiogram.types import MessageEntity  # noqa: PLC0415 - three seconds
    from aiogram.utils.text_decorations import html_decoration  # noqa: PLC0415

    text, entities = read_html(markup)
    models = [MessageEntity(**entity) for entity in entities]
    assert read_html(html_decoration.unparse(text, models)) == (text, entities)


@given(st.text(st.sampled_from("<>/&;='\" abpre-"), max_size=30))
def test_any_markup_is_either_read_or_refused_in_words(markup: str) -> None:
    with contextlib.suppress(HtmlError):
        assert len(read_html(markup)[0]) <= len(markup)


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ('<a href="x">y', 'Can\'t find end tag corresponding to start tag "a"'),
        ("<a href>y</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_a_fault_is_named_with_its_place(markup: str, words: str) -> None:
    with pytest.raises(HtmlError) as refused:
        read_html(markup)
    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("&lt;&#60;&#x3c;&amp;amp;&quot;", '<<<&amp;"'),
        ("&nbsp; &copy &", "&nbsp; &copy &"),
        ("a > b", "a > b"),
        ("<b >x</b >", "x"),
        ("<B>x</>", "x"),
        ('<blockquote expandable>x</blockquote><span class="tg-spoiler">y</span>', "xy"),
        ('<pre><code class="language-python">x</code></pre>', "x"),
    ],
)
def test_what_the_server_takes_is_taken(markup: str, text: str) -> None:
    assert read_html(markup)[0] == text


def test_the_server_finds_links_by_itself() -> None:
    text = "👍 /xong@dondoc1_bot xem https://example.org/a, a@example.org, @dondoc1_bot, #quy2 nhưng không 5/6 #1"
    found: list[Any] = [
        (text.encode("utf-16-le")[each["offset"] * 2 :][: each["length"] * 2].decode("utf-16-le"), each["type"])
        for each in detected(text)
    ]
    assert found == [
        ("/xong@dondoc1_bot", "bot_command"),
        ("https://example.org/a", "url"),
        ("a@example.org", "email"),
        ("@dondoc1_bot", "mention"),
        ("#quy2", "hashtag"),
    ]
