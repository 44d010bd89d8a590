"""Group chats of clusters and blocs: joined by an officer's code; notices are posted there, never who is late."""

import re

from documents.codes import grouped
from handlers.joining import tell_secretariat
from handlers.kit import N_, Call, Choice, Context, Refusal, Reply, command, heard, t
from handlers.paging import page_of
from models.codes import CODE
from models.fallback import move_chat
from models.groupchats import GroupChat
from models.grouping import end_group_chat, join_group, joined_groups, new_group_code
from models.joining import Mint, count_failure
from models.naming import directory_names
from models.people import Group
from models.rules.permission import Action
from models.rules.units import Sort, match, register

_MOST_NAMED = 30


@command(
    "nhomchat",
    allow=Action.ISSUE_CODES,
    help=N_("Join the group chat of a cluster or bloc, for notices: /nhomchat NAME"),
    takes_line=True,
)
async def group_chats(ctx: Context) -> Reply:
    """List the joined group chats, or give the code for the named cluster or bloc."""
    groups = [named for named in await directory_names(ctx.session, ctx.today) if named.sort is Sort.GROUP]
    if ctx.line:
        found = match(ctx.line, register(groups))
        if found.found is not None:
            return await _code_for(ctx, found.found.id)
        groups = list(found.nearest) or groups
    joined = await joined_groups(ctx.session)
    lines = [
        t("{group}: joined on {day}", group=each.group.name, day=each.chat.since.astimezone(ctx.zone).date())
        for each in joined
    ]
    stop = [
        Choice(t("Stop posting: {group}", group=each.group.name), Call("nhomchat.dung", {"chat": each.chat.id}))
        for each in joined
    ]
    make = [Choice(t("Code for {group}", group=one.name), Call("nhomchat.ma", {"group": one.id})) for one in groups]
    page = page_of(ctx, make, _MOST_NAMED)
    return Reply(
        t(
            "Group chats joined: {count}. Notices to a whole cluster or bloc are posted there as well.",
            count=len(joined),
        ),
        *lines,
        t("To join one, choose the cluster or bloc; who is late is never named in a group."),
        choices=(*stop, *page.rows, *page.following),
    )


@command("nhomchat.ma", allow=Action.ISSUE_CODES)
async def group_code(ctx: Context) -> Reply:
    """Give the code for the group that was chosen."""
    return await _code_for(ctx, int(ctx.args["group"]))


async def _code_for(ctx: Context, group_id: int) -> Reply:
    group = await ctx.session.get(Group, group_id)
    if group is None:
        raise Refusal(t("This cluster or bloc is not in the directory any more; please send “nhomchat”."))
    code, last_day = await new_group_code(ctx.session, Mint(ctx.key, ctx.now, ctx.me.id), group.id)
    links = (await ctx.ways(ctx.session)).group_links(code)
    if not links:
        raise Refusal(
            t("No messenger with group chats is set up, or it has not answered yet; please ask the operator.")
        )
    return Reply(
        t(
            "To join the group chat of {group}, somebody who manages it opens this link and chooses the group:",
            group=group.name,
        ),
        *links.values(),
        t("Or add the assistant to the group and write there: /batdau {code}", code=grouped(code)),
        t("The code serves one group, once, until {day}.", day=last_day),
    )


@command("nhomchat.dung", allow=Action.ISSUE_CODES)
async def stop_posting(ctx: Context) -> Reply:
    """Post no more in a group chat."""
    joined = await ctx.session.get(GroupChat, ctx.args["chat"])
    group = await end_group_chat(ctx.session, joined.chat_id, ctx.now) if joined is not None else None
    if group is None:
        raise Refusal(t("Nothing is posted in this group any more; please send “nhomchat”."))
    return Reply(t("Nothing more will be posted in the group chat of {group}.", group=group.name))


@heard("group.said", allow=Action.JOIN, prepare=None)
async def said_in_group(ctx: Context) -> Reply | None:
    """Take a code that is written in a group; say once that everything else is for private chats."""
    code = CODE.search(ctx.line)
    if code is None:
        return _greeting(ctx)
    group = await join_group(ctx.session, ctx.key, ctx.chat, re.sub(r"\D", "", code[0]), ctx.now)
    if group is None:
        left = count_failure(ctx.chat, ctx.now, ctx.council.code_tries)
        return Reply(
            t(
                "This code is wrong, used or expired; {left} more tries are left here. Please ask the secretariat for "
                "a new one.",
                left=left,
            )
        )
    ctx.chat.greeted_at = ctx.now
    await tell_secretariat(
        ctx, t("The group chat of {group} was joined.", group=group.name), f"group:{ctx.chat.id}:{ctx.now:%Y%m%d%H%M%S}"
    )
    return Reply(
        t("Notices of the council to the units of {group} will be posted here.", group=group.name),
        t("Tasks, reminders and answers of each unit stay in the private chats of its focal points."),
    )


@heard("group.invited", allow=Action.JOIN, prepare=None)
async def added_to_group(ctx: Context) -> Reply | None:
    """Say what is needed, once, to whoever added the assistant to a group."""
    return _greeting(ctx)


def _greeting(ctx: Context) -> Reply | None:
    if ctx.chat.greeted_at is not None:
        return None
    ctx.chat.greeted_at = ctx.now
    return Reply(
        t("This is the assistant of the emulation and commendation council. In a group it only posts notices."),
        t(
            "To begin, please write here the code from the secretariat: /batdau CODE. For tasks and reports, please "
            "write to the assistant privately."
        ),
    )


@heard("group.left", allow=Action.JOIN, prepare=None)
async def removed_from_group(ctx: Context) -> None:
    """Tell the secretariat that a group chat is no longer reached."""
    group = await end_group_chat(ctx.session, ctx.chat.id, ctx.now)
    if group is not None:
        matter = t(
            "The assistant was removed from the group chat of {group}; notices no longer go there.", group=group.name
        )
        await tell_secretariat(ctx, matter, f"ungroup:{ctx.chat.id}:{ctx.now:%Y%m%d%H%M%S}")


@heard("group.moved", allow=Action.JOIN, prepare=None)
async def group_moved(ctx: Context) -> None:
    """Follow a group to the name under which its messenger carries it on."""
    await move_chat(ctx.session, ctx.chat, ctx.line)


@heard("group.nothing", allow=Action.JOIN, prepare=None)
async def nothing_in_group(ctx: Context) -> None:
    """Keep silent: what is said in a group is not for the assistant."""
