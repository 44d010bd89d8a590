"""What can be said here, made from the commands themselves and from what the person may do."""

from collections.abc import Iterator
from typing import Final

from handlers.kit import N_, Call, Choice, Context, Reply, Text, command, discover, t
from models.rules.permission import Action

_WORD: Final = "trogiup"
GROUPS: Final[tuple[tuple[Text, tuple[str, ...]], ...]] = (
    (t("To follow and to urge:"), ("homnay", "duyet", "dondoc", "tiendo", "donvi", "ghinhan")),
    (
        t("Tasks:"),
        (
            *("nhiemvu", "tiepnhan", "baocao", "xong", "giahan", "vuongmac", "sualai", "nhaclai", "vanban", "cum"),
            *("giaoviec", "dieuchinh", "doihan", "tamdung", "dungviec", "tieptuc", "rutviec"),
        ),
    ),
    (
        t("Notices, meetings, questions:"),
        ("thongbao", "guithongbao", "hop", "taohop", "phanhoi", "traloisan"),
    ),
    (
        t("Directory, charges, account:"),
        ("nhap", "phutrach", "capma", "nhomchat", "caidat", "dangnhap", "ngungnhan"),
    ),
)
"""What people do, each with its words, those said most first; words that are not named here follow at the end."""


@command(_WORD, allow=Action.HELP, help=N_("See what can be said"), aliases=("help", "huongdan"))
async def assist(ctx: Context) -> Reply:
    """List the commands that this person may use, a line each, under what they are for."""
    mine = {known.name: known.help for known in discover().sayable(ctx.powers.roles) if known.name != _WORD}
    return Reply(
        t("Words may be typed with or without diacritics, with or without “/”:"),
        *_grouped(mine),
        t("“thôi” leaves an open question. Other words are passed on only after you have confirmed them."),
        choices=(Choice(t("Tasks"), Call("nhiemvu"), primary=True),),
    )


def _grouped(helps: dict[str, str]) -> Iterator[Text]:
    for heading, words in GROUPS:
        mine = [word for word in words if word in helps]
        if mine:
            yield heading
        for word in mine:
            yield t("{word}: {what}", word=word, what=Text(helps.pop(word)))
    for word, what in helps.items():
        yield t("{word}: {what}", word=word, what=Text(what))
