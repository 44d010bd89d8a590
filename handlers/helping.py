"""What can be said here, made from the commands themselves and from what the person may do."""

from collections.abc import Iterator, Mapping
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
        ("thongbao", "guithongbao", "hop", "taohop", "guitep", "phanhoi", "traloisan"),
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
        *in_groups(mine),
        t("“thôi” leaves an open question. Other words are passed on only after you have confirmed them."),
        choices=(Choice(t("Tasks"), Call("nhiemvu"), primary=True),),
    )


def in_groups(helps: Mapping[str, str]) -> Iterator[Text]:
    """Say what each word is for, under the headings of these that have any."""
    placed = {word for _, words in GROUPS for word in words}
    for heading, words in GROUPS:
        mine = [word for word in words if word in helps]
        yield from (heading,) if mine else ()
        yield from (_line(word, helps[word]) for word in mine)
    yield from (_line(word, what) for word, what in helps.items() if word not in placed)


def _line(word: str, what: str) -> Text:
    return t("{word}: {what}", word=word, what=Text(what))
