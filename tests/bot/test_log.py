import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import log


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level, before = list(root.handlers), root.level, structlog.get_config()
    stream = io.StringIO()
    log.configure(masked=["s3cret"], stream=stream)
    yield stream
    structlog.configure(**before)
    logging.basicConfig(handlers=handlers, level=level, force=True)


def test_a_fact_is_one_line(lines: io.StringIO) -> None:
    log.info("parcel sent", lane="webchat:web", text="hai\ndòng")
    (line,) = lines.getvalue().splitlines()
    assert line.endswith(' level=info event="parcel sent" lane=webchat:web text=hai\\ndòng')


def test_an_incident_has_a_number_that_can_be_read_out(lines: io.StringIO) -> None:
    number = log.incident(ValueError("no such unit"), inbound=7)
    (line,) = lines.getvalue().splitlines()
    assert len(number) == 5
    assert f"incident={number}" in line
    assert "ValueError: no such unit" in line


def test_tokens_and_secrets_are_never_written(lines: io.StringIO) -> None:
    error = ValueError("https://api.telegram.org/bot123456789:AAExample_token-that-is-35-chars-xx/sendMessage s3cret")
    log.incident(error, url=error.args[0])
    logging.getLogger("library").warning("called %s", error.args[0])
    assert "AAExample" not in lines.getvalue()
    assert "s3cret" not in lines.getvalue()
    assert len(lines.getvalue().splitlines()) == 2


def test_what_libraries_say_has_the_same_form(lines: io.StringIO) -> None:
    logging.getLogger("uvicorn").warning("slow request")
    assert lines.getvalue().endswith(' level=warning event="slow request" logger=uvicorn\n')
