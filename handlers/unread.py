"""What a messenger lets people do that cannot be taken for an answer: said so, with what to do instead."""

from handlers.kit import Call, Choice, Context, Reply, heard, t
from models.rules.permission import Action


@heard("unsupported", allow=Action.HELP)
async def not_taken(ctx: Context) -> Reply:
    """Say that a place, a contact or the like is not recorded."""
    return Reply(
        t(
            "Only words, pictures and files are taken here; this was not recorded. Please write in words, or send the "
            "document as a file."
        ),
        choices=(Choice(t("Tasks"), Call("nhiemvu"), primary=True),),
    )


@heard("edited", allow=Action.HELP)
async def changed_afterwards(ctx: Context) -> Reply:
    """Say that an older message that was changed is not read again: what was recorded of it stands."""
    return Reply(
        t(
            "A message that is changed afterwards is not read again; what was recorded stands. To correct it, please "
            "press “Correct” under the answer, or send a new message."
        )
    )


@heard("nothing", allow=Action.JOIN, prepare=None)
async def nothing(ctx: Context) -> None:
    """Keep silent: something happened that asks for no answer."""
