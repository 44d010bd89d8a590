import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.failures import failure_in_words


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("no address", "has not joined, or left"),
        ("Forbidden: bot was blocked by the user", "blocked the assistant"),
        ("Forbidden: user is deactivated", "the account no longer exists"),
        ("Bad Request: chat not found", "the chat no longer exists"),
        (
            "You are not permitted to send messages to this chat_id",
            "blocked the assistant, or has not written to it yet",
        ),
        ("The chat_id is invaild", "the chat no longer exists"),
        ("unsure", "sent twice without an answer from the provider; it may have arrived"),
        ("incident ABCDE", "it could not be put into words; the operator was told"),
        ("telephone lost", "the telephone was reported lost"),
        ("lane dark", "the messenger could not be reached"),
        ("ClientConnectorError", "the messenger could not be reached"),
        ("ServerDisconnectedError", "the messenger could not be reached"),
        ("no answer", "sent, and not answered"),
        ("token refused: Unauthorized", "the messenger does not know the assistant’s token"),
        ("Quota exceeded", "the assistant has used up what the messenger lets it send"),
        ("", "the reason is not known"),
    ],
)
def test_known_reasons_are_said_in_words(reason: str, words: str) -> None:
    assert failure_in_words(reason).id == words


def test_an_unknown_reason_is_quoted() -> None:
    said = failure_in_words("Bad Request: WRONG_X")
    assert (said.id, said.values) == ("the messenger refused it: “{reason}”", {"reason": "Bad Request: WRONG_X"})


@given(st.text(max_size=300))
def test_every_reason_has_words(reason: str) -> None:
    assert failure_in_words(reason).id
