"""Help is made from the commands themselves: each sees what he may do, and nothing else."""

from tests.chats import Council


async def words_for(council: Council, name: str) -> set[str]:
    lines = (await council.chat(name).says("trợ giúp")).splitlines()
    return {line.partition(":")[0] for line in lines if line.partition(":")[0].isalpha()}


async def test_everybody_is_told_what_he_may_say(council: Council) -> None:
    focal_point, officer = await words_for(council, "Lan"), await words_for(council, "Thu")
    assert {"trogiup", "ngungnhan", "dangnhap"} <= focal_point & officer
    assert "capma" not in focal_point
