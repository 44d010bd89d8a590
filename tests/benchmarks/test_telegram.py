"""The part that measures Telegram measures what it says: every subject at work for a few messages, nothing is timed."""

from pathlib import Path

import pytest

from benchmarks import telegram
from benchmarks.beside import answering_api
from benchmarks.figures import as_json
from benchmarks.plan import Plan
from benchmarks.programs import running
from benchmarks.sending import COST, LATENCY, MEMORY, RATE

FEW = Plan(
    rounds=1,
    updates=6,
    warming=3,
    readers=3,
    round_seconds=1,
    idle_seconds=0,
    streams=0,
    few=1,
    many=1,
    courier_seconds=0,
    phrase_rounds=1,
    sends=40,
    send_seconds=1,
)


def test_every_message_that_is_sent_has_a_number_of_its_own(tmp_path: Path) -> None:
    with answering_api(tmp_path) as api:
        with running("benchmarks.sends", "adapter", api.port, folder=tmp_path) as adapter:
            assert adapter.tell("35 30") == "sent\n"
        assert (api.called("sendMessage"), api.called("sendPhoto")) == (35, 0)


@pytest.mark.slow
def test_one_round_measures_each_subject_and_holds_the_sender_against_the_others(tmp_path: Path) -> None:
    readings = list(telegram.measured(FEW, tmp_path))
    assert {(reading.subject, reading.measure) for reading in readings} == {
        *((subject, measure) for subject in SENDS for measure in (RATE, COST, MEMORY)),
        *((subject, LATENCY) for subject in BARE),
        *((subject, "updates/s") for subject in HOOKS),
        *((subject, "CPU ms/update") for subject in HOOKS),
    }
    assert all(reading.value > 0 for reading in readings if reading.measure in {RATE, LATENCY, MEMORY, "updates/s"})
    compared = as_json(readings, telegram.COMPARISONS, telegram.MARKS)
    held = [(one["subject"], one["beside"]) for one in compared["ratios"] if one["measure"] == RATE]
    assert held[:2] == [(telegram.KEPT, telegram.STOCK), (telegram.KEPT, telegram.AIOGRAM)]


BARE = (telegram.STOCK, telegram.AIOGRAM, telegram.ADAPTER)
SENDS = (*BARE, telegram.KEPT, telegram.SENDER)
HOOKS = (telegram.STOCK_HOOK, telegram.AIOGRAM_HOOK, telegram.HOOK)
