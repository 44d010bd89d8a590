"""A unit that leads a cluster or bloc calls the group's own meetings, to its members only, in the council's room.

What an officer may do about a meeting that was called, it may do about its own: the same commands, under `cum.`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import select

from handlers.broadcasting import reach_lines, when_it_goes
from handlers.choosing import short
from handlers.invitations import invitation_lines, remarks_on, send_invitations
from handlers.kit import (
    Ask,
    Call,
    Choice,
    Context,
    LetterContext,
    Refusal,
    Reply,
    Text,
    command,
    discover,
    subject_of,
    t,
)
from handlers.rescheduling import move_now
from models.audiences import Audience, Called, Circle
from models.contacts import reach_of
from models.convening import Answer, answer, call_meeting
from models.drafts import Draft
from models.group_meetings import GroupMeeting, coming_of, group_of
from models.ids import read_id
from models.leading import Led, groups_led
from models.meetings import Invitation, Meeting, Rsvp
from models.powers import powers_of
from models.rescheduling import standing_now
from models.rules.meeting_changes import split_link
from models.rules.meeting_line import read_place, read_start, split_meeting_line
from models.rules.permission import Action, allowed
from models.urging import URGING
from models.writing import SENT, begin, end, fill_in, under_way

_DRAFT: Final = "group_meeting"
_OF_OFFICERS: Final = (
    "hop.lich",
    "hop.lich.xem",
    "hop.khac",
    "hop.sua",
    "hop.sua.xem",
    "hop.sua.gui",
    "hop.tailieu",
    "hop.tailieu.gui",
    "hop.hoan",
    "hop.hoan.xem",
    "hop.hoan.gui",
    "hop.huy",
    "hop.huy.xem",
    "hop.huy.gui",
    "hop.thoi",
    "hop.ds",
    "hop.dondoc",
    "hop.dondoc.gui",
    "thongbao.dondoc.rut",
    "hop.ykien.ds",
    "hop.xuat",
    "hop.lichsu",
)
_APART: Final = {"hop.lich.gui": "cum.hop.lich.gui", "thongbao.dondoc.bo": "dondoc.bo"}
_NO_MEETING: Final = 0
_RENAMED: Final[Mapping[str, str]] = {name: f"cum.{name}" for name in _OF_OFFICERS} | _APART
_OF_LEADERS: Final = frozenset(_RENAMED.values())


async def meeting_choices(ctx: Context, groups: tuple[Led, ...]) -> tuple[Choice, ...]:
    """Offer the groups' meetings to come, and to call another for each group."""
    ahead = await coming_of(ctx.session, [group.group_id for group in groups], ctx.now)
    seen = (
        Choice(t("Meeting: {title}", title=short(one.title, "Meeting: ")), Call("cum.hop.xem", {"meeting": one.id}))
        for one in ahead
    )
    called = (Choice(_calling(group, groups), Call("cum.hop", {"group": group.group_id})) for group in groups)
    return (*seen, *called)


def _calling(group: Led, groups: tuple[Led, ...]) -> Text:
    if len(groups) == 1:
        return t("Call a meeting of the group")
    return t("Call a meeting: {group}", group=short(group.name, "Call a meeting: "))


@command("cum.hop", allow=Action.LEAD_GROUP)
async def convene(ctx: Context) -> Reply:
    """Ask for the group's meeting in one line; then show the invitation as its members will read it."""
    group = await _led(ctx, ctx.args["group"])
    ask = Ask(Call("cum.hop", {"group": group.group_id}), "line")
    line = str(ctx.args.get("line") or "").strip()
    if not line:
        question = t("Which meeting of {group}? Please write matter; hour and day; place.", group=group.name)
        return Reply(question, t("For example: Họp sơ kết cụm; 14h00 ngày 20/6; Phòng họp số 2."), ask=ask)
    try:
        said = _said(ctx, line)
    except Refusal as refusal:
        return Reply(refusal.text, ask=ask)
    draft = await begin(ctx.session, _DRAFT, ctx.me.id, ctx.now)
    await fill_in(ctx.session, draft, group=group.group_id, **said)
    reach = await reach_of(ctx.session, _members(group), ctx.today)
    meeting = _meeting(ctx, draft, group)
    send = Call("cum.hop.gui", {"draft": draft.id, "version": draft.version})
    return Reply(
        t("To: {names}.", names=group.name),
        *reach_lines(reach),
        t("Your own unit is recorded as attending."),
        await when_it_goes(ctx),
        *await remarks_on(ctx, meeting.starts_at),
        t("It goes out as follows:"),
        *invitation_lines(meeting, ctx.zone),
        choices=(
            Choice(t("Send the invitations"), send, primary=True),
            Choice(t("Write it anew"), Call("cum.hop", {"group": group.group_id})),
            Choice(t("Do not send"), Call("dondoc.bo")),
        ),
    )


def _said(ctx: Context, line: str) -> dict[str, str]:
    """Read matter, start and place; raises Refusal for what is missing, and for others who are to be invited."""
    parts = split_meeting_line(line)
    if not parts.title or not parts.place:
        raise Refusal(t("Please write matter, hour and day, and place, with semicolons between them."))
    if parts.whom:
        raise Refusal(t("All members of the group are invited and nobody else; please write matter, time and place."))
    place, link = split_link(parts.place)
    start = read_start(parts.when, ctx.now, ctx.zone)
    return {"title": parts.title, "when": start.isoformat(), "place": read_place(place or parts.place), "link": link}


@command("cum.hop.gui", allow=Action.LEAD_GROUP)
async def send(ctx: Context) -> Reply:
    """Call the group's meeting: its invitations, in one transaction."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id, ctx.args["version"])
    group = await _led(ctx, draft.data["group"])
    meeting = _meeting(ctx, draft, group)
    if meeting.starts_at <= ctx.now:
        raise Refusal(t("{time} has passed; please give an hour that is still to come.", time=meeting.starts_at))
    await call_meeting(ctx.session, meeting, ctx.today)
    ctx.session.add(GroupMeeting(series_id=meeting.id, group_id=group.group_id))
    await send_invitations(ctx, meeting, meeting.starts_at)
    await _comes(ctx, meeting.id, group)
    end(draft, SENT, ctx.now)
    return Reply(card=subject_of(meeting))


@command("cum.hop.lich.gui", allow=Action.LEAD_GROUP)
async def move(ctx: Context) -> Reply | None:
    """Move the group's own meeting; the unit that moves it attends the new one."""
    meeting, group = await _own(ctx, ctx.args["meeting"])
    shown = await move_now(ctx)
    await _comes(ctx, (await standing_now(ctx.session, meeting)).id, group)
    return shown


async def _comes(ctx: Context, meeting_id: int, group: Led) -> None:
    """Record that the unit which calls a meeting attends it, so that it is neither counted as silent nor urged."""
    own = select(Invitation).where(Invitation.meeting_id == meeting_id, Invitation.unit_id == group.leader_id)
    rows = (await ctx.session.scalars(own)).all()
    answer(rows, Answer(Rsvp.ATTEND), ctx.me.id, ctx.now)
    for row in rows:
        ctx.touch(row)


@command("cum.hop.xem", allow=Action.LEAD_GROUP)
async def view(ctx: Context) -> Reply:
    """Show a meeting of the group, with what its members have answered."""
    meeting, _ = await _own(ctx, ctx.args["meeting"])
    return Reply(card=subject_of(meeting))


async def as_read(ctx: LetterContext, meeting: Meeting, shown: Reply | None) -> Reply | None:
    """Give what an officer is shown of a meeting as its reader may use it; nothing to whom it does not concern."""
    powers = await powers_of(ctx.session, ctx.person.id, ctx.today)
    if shown is None or allowed(powers.roles, Action.CONVENE):
        return shown
    led = {group.group_id for group in await groups_led(ctx.session, powers.own_units, ctx.today)}
    return _renamed(shown) if await group_of(ctx.session, meeting) in led else None


def _renamed(shown: Reply) -> Reply:
    """Let the buttons and the question of an answer to officers be those of a group's leader; leave out the others."""

    def call(of: Call) -> Call:
        return of if of.command in _OF_LEADERS else Call(_RENAMED[of.command], of.args)

    choices = tuple(
        Choice(one.label, call(one.call), one.primary)
        for one in shown.choices
        if one.call.command in _RENAMED.keys() | _OF_LEADERS
    )
    ask = Ask(call(shown.ask.call), shown.ask.hole) if shown.ask is not None else None
    return Reply(*shown.lines, choices=choices, ask=ask, card=shown.card, files=shown.files, result=shown.result)


def _announce(name: str) -> None:
    @command(_RENAMED[name], allow=Action.LEAD_GROUP)
    async def as_leader(ctx: Context) -> Reply | None:
        """Do about the group's own meeting what officers do about the council's."""
        if (meeting_id := _meeting_meant(ctx)) is not None:
            await _own(ctx, meeting_id)
        shown = await discover().commands[name].run(ctx)
        return _renamed(shown) if shown is not None else None


for _name in _OF_OFFICERS:
    _announce(_name)


def _meeting_meant(ctx: Context) -> int | None:
    """Name the meeting of a call, or of the urging that it takes back; None of a call that leaves things as they are.

    The key of an urging of anything but a meeting names none that somebody's group could have.
    """
    if "key" not in ctx.args:
        return ctx.args.get("meeting")
    what, _, rest = str(ctx.args["key"]).partition(":meeting:")
    found = read_id(rest.partition(":")[0]) if what == URGING else None
    return found if found is not None else _NO_MEETING


async def _own(ctx: Context, meeting_id: int) -> tuple[Meeting, Led]:
    """Find a meeting of a group that the speaker's unit leads today; raises Refusal for any other."""
    meeting = await ctx.session.get(Meeting, meeting_id)
    group = await group_of(ctx.session, meeting) if meeting is not None else None
    if meeting is None or group is None:
        raise Refusal(t("This meeting is not one of your group; “hop” shows the meetings to which you are invited."))
    return meeting, await _led(ctx, group)


async def _led(ctx: Context, group_id: int) -> Led:
    for group in await groups_led(ctx.session, ctx.powers.own_units, ctx.today):
        if group.group_id == group_id:
            return group
    raise Refusal(t("Your unit does not lead this group at present; “cum” shows what it leads."))


def _members(group: Led) -> Audience:
    return Audience((Called(Circle.GROUP, group.name, group.group_id),))


def _meeting(ctx: Context, draft: Draft, group: Led) -> Meeting:
    return Meeting(
        title=f"{draft.data['title']} ({group.name})",
        starts_at=datetime.fromisoformat(draft.data["when"]),
        place=draft.data["place"],
        link=draft.data["link"],
        number="",
        agenda="",
        reason="",
        audience=_members(group).as_json(),
        created_at=draft.created_at,
        called_at=ctx.now,
        by_id=ctx.me.id,
    )
