"""What somebody is told when a chat comes to serve him: who he is here, and his other chats that one was added."""

from sqlalchemy import select

from handlers.kit import Call, Choice, Context, Reply, t
from models.addresses import Address, AddressState
from models.people import Person, Post, Unit
from models.powers import holds_on


async def welcome(ctx: Context, person: Person) -> Reply:
    """Say who is served here now, and the two words to begin with."""
    return Reply(
        t("This chat now serves {name}, {posts}.", name=person.name, posts=await posts_of(ctx, person)),
        t("“nhiemvu” lists the open tasks, “trogiup” says what else can be asked."),
        choices=(
            Choice(t("Tasks"), Call("nhiemvu"), primary=True),
            Choice(t("Help"), Call("trogiup")),
        ),
    )


async def posts_of(ctx: Context, person: Person) -> tuple[str, ...]:
    """Name the posts a person holds today, with their units."""
    rows = await ctx.session.execute(
        select(Post.title, Unit.name)
        .outerjoin(Unit, Unit.id == Post.unit_id)
        .where(Post.person_id == person.id, holds_on(Post, ctx.today))
        .order_by(Post.id)
    )
    return tuple(", ".join(part for part in (title, unit) if part) for title, unit in rows.all())


async def tell_other_chats(ctx: Context, person: Person, chat_id: int) -> None:
    """Tell a person's other chats that one was added, so that nobody takes his place unseen."""
    others = await ctx.session.scalars(
        select(Address.id).where(
            Address.person_id == person.id, Address.chat_id != chat_id, Address.state == AddressState.ACTIVE
        )
    )
    if not others.all():
        return
    ctx.tell(
        person.id,
        Reply(
            t("Another chat was joined in your name at {time}.", time=ctx.now),
            t("If this was not you, please say so at once."),
            choices=(Choice(t("It was not me"), Call("batdau.khongphai", {"chat": chat_id})),),
        ),
        key=f"joined:{chat_id}:{ctx.now:%Y%m%d%H%M%S}",
    )
