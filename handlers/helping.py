"""What can be said here, made from the commands themselves and from what the person may do."""

from handlers.kit import N_, Call, Choice, Context, Reply, Text, command, discover, t
from models.rules.permission import Action


@command("trogiup", allow=Action.HELP, help=N_("See what can be said"), aliases=("help", "huongdan"))
async def assist(ctx: Context) -> Reply:
    """List the commands that this person may use, a line each."""
    mine = discover().sayable(ctx.powers.roles)
    lines = (t("{word}: {what}", word=known.name, what=Text(known.help)) for known in mine)
    return Reply(
        t("Words may be typed with or without diacritics, with or without “/”:"),
        *lines,
        t("“thôi” leaves an open question. Other words are passed on only after you have confirmed them."),
        choices=(Choice(t("Tasks"), Call("nhiemvu"), primary=True),),
    )
