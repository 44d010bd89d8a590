"""The council's settings, seen and changed in chat; each change is told to the other officers."""

from collections.abc import Iterator

from handlers.kit import N_, Context, Refusal, Reply, Text, command, t
from models.audiences import understand
from models.configuring import SETTINGS, setting_from
from models.notice_drafts import officer_titles
from models.rules.permission import Action, Role
from models.rules.spelling import fold
from models.settings import Council, change_setting
from models.whom import holders


@command(
    "caidat",
    allow=Action.SETTINGS,
    help=N_("See the settings, or change one: /caidat NUMBER VALUE"),
    aliases=("settings",),
    takes_line=True,
)
async def configure(ctx: Context) -> Reply:
    """List the settings in force, or set the one of a number, or name, to a value that can be used."""
    which, _, said = ctx.line.strip().partition(" ")
    if not which:
        return Reply(t("Settings in force; /caidat NUMBER VALUE changes one:"), *_in_force(ctx.council))
    name = _named(which)
    if name in SETTINGS and not said.strip():
        return _present(ctx.council, name)
    value = setting_from(name, said)
    if name == "approval_kinds":
        await _require_known(ctx, str(value))
    if name == "approver_title":
        await _require_held(ctx, str(value))
    before = getattr(ctx.council, name)
    await change_setting(ctx.session, name, value)
    about = {"meaning": SETTINGS[name], "before": _said(before), "value": _said(value)}
    changed = t("{meaning}: it was “{before}”, it is “{value}” now.", **about)
    told = Reply(t("{person} changed a setting.", person=ctx.me.name), changed)
    for officer in await holders(ctx.session, Role.SECRETARIAT, ctx.today):
        if officer != ctx.me.id:
            ctx.tell(officer, told, key=f"setting:{name}:{ctx.now:%Y%m%d%H%M%S%f}")
    return Reply(changed, t("It holds from now on."))


def _present(council: Council, name: str) -> Reply:
    """Say what a setting is at present, and how it is changed."""
    about = {"meaning": SETTINGS[name], "value": _said(getattr(council, name))}
    number = tuple(SETTINGS).index(name) + 1
    return Reply(t("{meaning}: {value}.", **about), t("To change it, send: /caidat {number} VALUE", number=number))


def _in_force(council: Council) -> Iterator[Text]:
    """Say each setting in the council's words, with its value, and the name under which the operator knows it."""
    for number, (name, meaning) in enumerate(SETTINGS.items(), 1):
        about = {"meaning": meaning, "value": _said(getattr(council, name)), "name": name}
        yield t("{number}. {meaning}: {value} ({name})", number=number, **about)


def _named(which: str) -> str:
    """Give the name of the setting of a number of the list; what is no such number is a name itself."""
    names = tuple(SETTINGS)
    place = int(which) if which.isdecimal() else 0
    return names[place - 1] if 0 < place <= len(names) else which


async def _require_held(ctx: Context, title: str) -> None:
    titles = await officer_titles(ctx.session, ctx.today)
    if not any(fold(held).startswith(fold(title)) for held in titles):
        raise Refusal(
            t("Nobody of the secretariat holds the title “{title}”; it has: {titles}.", title=title, titles=titles)
        )


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
