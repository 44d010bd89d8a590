"""Help is made from the commands themselves: each sees what he may do, what is said most first, and nothing else."""

from handlers.helping import GROUPS, in_groups
from handlers.kit import discover
from tests.chats import Council

LONGEST = 2000  # of a message on the messenger that takes the least
DESK = ("Theo dõi, đôn đốc:", "Nhiệm vụ:", "Thông báo, cuộc họp, hỏi đáp:", "Danh bạ, phân công, tài khoản:")


async def words_for(council: Council, name: str) -> list[str]:
    """Read the headings of a person's help, and the words under them, in their order."""
    lines = (await council.chat(name).says("trợ giúp")).splitlines()[1:-1]
    return [line if line.endswith(":") else line.partition(":")[0] for line in lines]


async def test_a_focal_point_reads_first_what_he_answers_with(council: Council) -> None:
    assert await words_for(council, "Lan") == [
        "Nhiệm vụ:",
        *("nhiemvu", "tiepnhan", "baocao", "xong", "giahan", "vuongmac", "sualai", "nhaclai", "vanban", "cum"),
        "Thông báo, cuộc họp, hỏi đáp:",
        *("thongbao", "hop", "guitep", "phanhoi"),
        "Danh bạ, phân công, tài khoản:",
        *("dangnhap", "ngungnhan"),
    ]


async def test_an_officer_reads_first_what_he_does_each_day_in_one_message(council: Council) -> None:
    said = await words_for(council, "Thu")
    assert [line for line in said if line.endswith(":")] == list(DESK)
    assert said[1:7] == ["homnay", "duyet", "dondoc", "tiendo", "donvi", "ghinhan"]
    assert len(await council.chat("Thu").says("trợ giúp")) < LONGEST


def test_a_group_names_only_words_that_can_be_typed_and_each_stands_in_one() -> None:
    placed = [word for _, words in GROUPS for word in words]
    assert len(placed) == len(set(placed))
    assert set(placed) <= {known.name for known in discover().commands.values() if known.help}


def test_a_word_that_no_group_names_stands_at_the_end() -> None:
    said = list(in_groups({"tuannay": "What is due this week", "nhiemvu": "See your tasks"}))
    assert [line.values.get("word", line.id) for line in said] == ["Tasks:", "nhiemvu", "tuannay"]
