"""Joining by code or link, with informed consent; and what a stranger is told."""

import re

from handlers.codes import sign_in_address
from handlers.enrolling import enrol, resumed
from handlers.kit import N_, Ask, Call, Choice, Context, Refusal, Reply, Text, command, heard, t
from handlers.welcoming import posts_of, tell_other_chats, welcome
from models.addresses import AddressState, Consent
from models.codes import CODE
from models.enrolling import under_way
from models.joining import (
    Mint,
    add_address,
    begin,
    count_failure,
    end_address,
    is_let_in,
    new_link,
    opens_to_a_person,
    redeem,
    require_tries,
)
from models.people import Person
from models.rules.permission import Action, Role
from models.strangers import close_question
from models.unit_codes import unit_code
from models.whom import holders

_NO_LONGER_ASKED = t("This question is no longer open; please send your join code again.")


@command(
    "batdau",
    allow=Action.JOIN,
    help=N_("Join with the code from the secretariat: /batdau CODE"),
    aliases=("start", "join"),
)
async def join(ctx: Context) -> Reply:
    """Join this chat to the person whose code is given, once he has been told what is kept of him and agrees."""
    found = CODE.search(ctx.line)
    if found is None and ctx.person is not None:
        return await welcome(ctx, ctx.person)  # a messenger's Start button, pressed again
    if found is None:
        call = Call("batdau.ma")
        return Reply(t("Please send the 12 digits of your join code."), ask=Ask(call, "code"))
    return await _redeemed(ctx, re.sub(r"\D", "", found[0]))


@command("batdau.ma", allow=Action.JOIN)
async def join_with_answer(ctx: Context) -> Reply:
    """Take the code as the answer to the question for it."""
    found = CODE.search(str(ctx.args["code"]))  # perhaps after the word that begins it, said again
    if found is None:
        raise Refusal(t("A join code has 12 digits; please look at the letter again, or ask the secretariat."))
    return await _redeemed(ctx, re.sub(r"\D", "", found[0]))


@command("batdau.link", allow=Action.JOIN)
async def join_by_link(ctx: Context) -> Reply:
    """Sign in by a single-use link; its page posts the secret."""
    return await _redeemed(ctx, str(ctx.args["token"]))


@heard("stranger", allow=Action.JOIN, prepare=None)
async def greet(ctx: Context) -> Reply | None:
    """Answer a stranger once, politely; afterwards only a code is answered."""
    found = CODE.search(ctx.line)
    if found is not None:
        return await _redeemed(ctx, re.sub(r"\D", "", found[0]))
    if (asking := await under_way(ctx.session, ctx.chat)) is not None:
        return await resumed(ctx, asking)
    if ctx.chat.greeted_at is not None:
        return None
    ctx.chat.greeted_at = ctx.now
    return Reply(
        t(
            "This is the assistant of the emulation and commendation council. It serves those who hold a join code: "
            "please send the 12 digits, or ask the secretariat for a code."
        )
    )


async def _elsewhere(ctx: Context, code: str) -> Reply | None:
    """Lead whoever holds a good code to a bot with room, where this one could not write to one person more."""
    invited = await ctx.ways(ctx.session)
    if not invited.is_full(ctx.chat.channel, ctx.chat.bot) or await is_let_in(ctx.session, ctx.chat.id):
        return None
    require_tries(ctx.chat, ctx.now)
    is_personal = await opens_to_a_person(ctx.session, ctx.key, code, ctx.now)
    if not is_personal and await unit_code(ctx.session, ctx.key, code, ctx.now) is None:
        return None
    link = invited.links(code).get(ctx.chat.channel)
    pages = t("Or open {address} in a browser and type the code there.", address=sign_in_address(ctx.site))
    if link is None:
        return Reply(t("Nobody more can join here at present; your code has not been used up."), pages)
    return Reply(
        t("Nobody more can join by this bot. Please open {link}, and send the same code there.", link=link), pages
    )


async def _redeemed(ctx: Context, code: str) -> Reply:
    if (elsewhere := await _elsewhere(ctx, code)) is not None:
        return elsewhere
    person = await redeem(ctx.session, ctx.key, ctx.chat, code, ctx.now)
    if person is None and (shared := await unit_code(ctx.session, ctx.key, code, ctx.now)) is not None:
        ctx.chat.failed_codes = 0
        return await enrol(ctx, shared)
    if person is None:
        left = count_failure(ctx.chat, ctx.now, ctx.council.code_tries)
        return Reply(
            t(
                "This code is wrong, used or expired; {left} more tries are left here. Please compare it with the "
                "letter, or ask the secretariat for a new one.",
                left=left,
            )
        )
    joined = await begin(ctx.session, person, ctx.chat, ctx.now)
    if joined.consent is None:
        await tell_other_chats(ctx, person, ctx.chat.id)
        return await welcome(ctx, person)
    return await _ask_consent(ctx, joined.person, joined.consent)


async def _ask_consent(ctx: Context, person: Person, consent: Consent) -> Reply:
    """Say who keeps what, why, how long and how to leave (Luật 91/2025/QH15, Đ9): silence is no consent.

    The chat speaks his language from here on, though nobody is behind it before he agrees.
    """
    ctx.chat.locale = person.locale
    return Reply(
        t("Dear {name}, {posts}.", name=person.name, posts=await posts_of(ctx, person)),
        t(
            "With your consent the standing agency of the council keeps your name, post, telephone number where you "
            "gave it, this chat and your answers, in order to remind you of the council's tasks and record what is "
            "reported; for as long as you hold the post. You may see, correct or erase these data, and leave at any "
            "time with “ngungnhan”."
        ),
        t("Do you agree?"),
        choices=(
            Choice(t("I agree"), Call("batdau.dongy", {"consent": consent.id}), primary=True),
            Choice(t("I do not agree"), Call("batdau.khong", {"consent": consent.id})),
        ),
    )


@command("batdau.dongy", allow=Action.JOIN)
async def agree(ctx: Context) -> Reply:
    """Record consent and open the address."""
    consent = await _open_consent(ctx)
    person = await ctx.session.get_one(Person, consent.person_id)
    if consent.given_at is None:
        await close_question(ctx.session, ctx.chat, consent.asked_at, t("Agreed at {at}.", at=ctx.now), ctx.now)
        consent.given_at, consent.refused_at = ctx.now, None
        await add_address(ctx.session, person, ctx.chat, ctx.now)
    elif ctx.person is not person:
        raise Refusal(_NO_LONGER_ASKED)
    return await welcome(ctx, person)


@command("batdau.khong", allow=Action.JOIN)
async def disagree(ctx: Context) -> Reply:
    """Record that consent was refused; the secretariat will telephone instead."""
    consent = await _open_consent(ctx)
    person = await ctx.session.get_one(Person, consent.person_id)
    if consent.given_at is not None:
        raise Refusal(t("You have joined already; to leave, please send “ngungnhan”."))
    if consent.refused_at is None:
        await close_question(ctx.session, ctx.chat, consent.asked_at, t("Not agreed at {at}.", at=ctx.now), ctx.now)
        consent.refused_at = ctx.now
        matter = t(
            "{name}, {posts}, did not agree to be reached by chat; please use the telephone.",
            name=person.name,
            posts=await posts_of(ctx, person),
        )
        await tell_secretariat(ctx, matter, f"refused:{consent.id}")
    return Reply(
        t(
            "Recorded: nothing will be sent to you here, and the secretariat will telephone instead. Should you "
            "change your mind, please ask it for a new code."
        )
    )


async def _open_consent(ctx: Context) -> Consent:
    consent = await ctx.session.get(Consent, ctx.args.get("consent"))
    if consent is None or consent.chat_id != ctx.chat.id or consent.withdrawn_at is not None:
        raise Refusal(_NO_LONGER_ASKED)
    return consent


@command("batdau.khongphai", allow=Action.LEAVE)
async def not_me(ctx: Context) -> Reply:
    """End the chat that was added in somebody's name without him, and tell the secretariat."""
    address = await end_address(ctx.session, ctx.me.id, int(ctx.args["chat"]), AddressState.LEFT, ctx.now)
    if address is None:
        return Reply(t("That chat no longer serves you; nothing more needs to be done."))
    matter = t("{name} reports that a chat was joined in his or her name by somebody else.", name=ctx.me.name)
    await tell_secretariat(ctx, matter, f"notme:{address.id}:{ctx.now:%Y%m%d%H%M%S}")
    return Reply(t("That chat was closed and the secretariat was told; it will give you a new code."))


@command(
    "dangnhap", allow=Action.SIGN_IN, help=N_("Get a link that opens these pages in a browser"), aliases=("login",)
)
async def sign_in(ctx: Context) -> Reply:
    """Give a link that signs in once, within a quarter of an hour."""
    token = await new_link(ctx.session, Mint(ctx.key, ctx.now), ctx.me.id)
    return Reply(
        t("This link opens your pages once, within 15 minutes; please do not pass it on:"),
        f"{ctx.site}/link/{token}",
    )


async def tell_secretariat(ctx: Context, matter: Text, key: str) -> None:
    """Tell every officer of the secretariat something once."""
    for person in await holders(ctx.session, Role.SECRETARIAT, ctx.today):
        ctx.tell(person, Reply(matter), key=key)
