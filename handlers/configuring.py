"""The council's settings, seen and changed in chat; each change is told to the other officers."""

from handlers.joining import tell_secretariat
from handlers.kit import N_, Context, Refusal, Reply, Text, command, t
from models.audiences import understand
from models.configuring import SETTINGS, setting_from
from models.rules.permission import Action
from models.settings import change_setting


@command(
    "caidat",
    allow=Action.SETTINGS,
    help=N_("See the settings, or change one: /caidat NAME VALUE"),
    aliases=("settings",),
    takes_line=True,
)
async def configure(ctx: Context) -> Reply:
    """List the settings in force, or set one to a value that can be used."""
    name, _, said = ctx.line.strip().partition(" ")
    if not name:
        lines = (
            t("{name} = {value}: {meaning}", name=known, value=_said(getattr(ctx.council, known)), meaning=meaning)
            for known, meaning in SETTINGS.items()
        )
        return Reply(t("Settings in force; /caidat NAME VALUE changes one:"), *lines)
    value = setting_from(name, said)
    if name == "approval_kinds":
        await _require_known(ctx, str(value))
    before = getattr(ctx.council, name)
    await change_setting(ctx.session, name, value)
    changed = t("{name} was changed from “{before}” to “{value}”.", name=name, before=_said(before), value=_said(value))
    told = t("{person}: {what}", person=ctx.me.name, what=changed)
    await tell_secretariat(ctx, told, f"setting:{name}:{ctx.now:%Y%m%d%H%M%S%f}")
    return Reply(changed, t("It holds from now on."))


async def _require_known(ctx: Context, names: str) -> None:
    named = await understand(ctx.session, names, ctx.today)
    if named.doubt is not None:
        about = {"written": named.doubt.written, "nearest": tuple(one.name for one in named.doubt.nearest)}
        raise Refusal(t("“{written}” is not one name of the directory; most like it: {nearest}.", **about))


def _said(value: str | int | bool) -> Text | str:  # noqa: FBT001 - a setting may be one
    """Say a value as it is typed; what is empty was never set."""
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    return str(value) or t("not set")
