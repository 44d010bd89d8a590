"""The part that measures Zalo measures what it says: every subject at work for a few messages, nothing is timed."""

from pathlib import Path

import pytest

from benchmarks import zalo
from benchmarks.beside import answering_api
from benchmarks.figures import as_json
from benchmarks.programs import running
from benchmarks.sending import COST, LATENCY, MEMORY, RATE
from tests.benchmarks.test_telegram import FEW

BARE = (zalo.STOCK, zalo.ADAPTER)
SENDS = (*BARE, zalo.KEPT, zalo.SENDER)


@pytest.mark.parametrize("kind", ["zalo-stock", "zalo-adapter"])
def test_the_library_and_our_channel_make_the_same_calls(tmp_path: Path, kind: str) -> None:
    with answering_api(tmp_path) as api:
        with running("benchmarks.sends", kind, api.port, folder=tmp_path) as sends:
            assert sends.tell("35 30") == "sent\n"
            assert sends.tell("5 1") == "sent\n"
        assert (api.called("sendMessage"), api.called("sendPhoto")) == (40, 0)


@pytest.mark.slow
def test_one_round_measures_each_subject_and_holds_it_against_the_library(tmp_path: Path) -> None:
    readings = list(zalo.measured(FEW, tmp_path))
    assert {(reading.subject, reading.measure) for reading in readings} == {
        *((subject, measure) for subject in SENDS for measure in (RATE, COST, MEMORY)),
        *((subject, LATENCY) for subject in BARE),
    }
    assert all(reading.value > 0 for reading in readings if reading.measure != COST)
    compared = as_json(readings, zalo.COMPARISONS, zalo.MARKS)
    assert {one["beside"] for one in compared["ratios"]} == {zalo.STOCK}
