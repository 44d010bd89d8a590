"""How likely a reminder that is planned will be said, where each one said before may have brought the answer."""

from collections.abc import Collection, Hashable, Iterable, Iterator


def likelihoods(mornings: Iterable[Collection[Hashable]], answered: float) -> Iterator[float]:
    """Give for each morning, in order, how likely it is that any of its matters is still open then (0 to 1).

    `answered` is the part of the reminders after which the matter is answered and not reminded of again.
    """
    still_open: dict[Hashable, float] = {}
    for matters in mornings:
        nothing_left = 1.0
        for matter in set(matters):
            chance = still_open.get(matter, 1.0)
            nothing_left *= 1 - chance
            still_open[matter] = chance * (1 - answered)
        yield 1 - nothing_left
