"""Small parsing rules that find every way to read a phrase, so that a phrase with two readings can be asked about."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from models.rules.deadline.tokens import Token
from models.rules.spelling import fold, spelling_key

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
U = TypeVar("U")
Tokens = tuple[Token, ...]
Ways = Iterator[tuple[T, int]]


@dataclass(frozen=True, slots=True)
class Rule(Generic[T_co]):
    """What may stand at a place of the phrase: gives each value it can have there, and where it ends."""

    run: Callable[[Tokens, int], Ways[T_co]]

    def __or__(self, other: "Rule[U]") -> "Rule[T_co | U]":
        """Read either; both, where both fit."""

        def run(tokens: Tokens, at: int) -> Ways[T_co | U]:
            yield from self.run(tokens, at)
            yield from other.run(tokens, at)

        return Rule(run)

    def __and__(self, other: "Rule[U]") -> "Rule[tuple[T_co, U]]":
        """Read the one, then the other, keeping both values."""

        def run(tokens: Tokens, at: int) -> Ways[tuple[T_co, U]]:
            for left, middle in self.run(tokens, at):
                for right, end in other.run(tokens, middle):
                    yield (left, right), end

        return Rule(run)

    def __rshift__(self, other: "Rule[U]") -> "Rule[U]":
        """Read the one, then the other, keeping the second value."""

        def run(tokens: Tokens, at: int) -> Ways[U]:
            for _, middle in self.run(tokens, at):
                yield from other.run(tokens, middle)

        return Rule(run)

    def __lshift__(self, other: "Rule[U]") -> "Rule[T_co]":
        """Read the one, then the other, keeping the first value."""

        def run(tokens: Tokens, at: int) -> Ways[T_co]:
            for value, middle in self.run(tokens, at):
                for _, end in other.run(tokens, middle):
                    yield value, end

        return Rule(run)

    def to(self, change: Callable[[T_co], U | None]) -> "Rule[U]":
        """Turn the value into another; None means that it cannot stand here."""

        def run(tokens: Tokens, at: int) -> Ways[U]:
            for value, end in self.run(tokens, at):
                changed = change(value)
                if changed is not None:
                    yield changed, end

        return Rule(run)

    def times(self, least: int, most: int, *, by: "Rule[object] | None" = None) -> "Rule[tuple[T_co, ...]]":
        """Read it again and again, as far as it goes, with separators between."""
        again = self if by is None else by >> self

        def run(tokens: Tokens, at: int) -> Ways[tuple[T_co, ...]]:
            if least == 0:
                yield (), at
            for value, end in self.run(tokens, at):
                yield from grow((value,), tokens, end)

        def grow(values: tuple[T_co, ...], tokens: Tokens, at: int) -> Ways[tuple[T_co, ...]]:
            if len(values) >= least:
                yield values, at
            if len(values) < most:
                for value, end in again.run(tokens, at):
                    yield from grow((*values, value), tokens, end)

        return Rule(run)


def opt(rule: Rule[T]) -> Rule[T | None]:
    """Read it or pass over it."""

    def run(tokens: Tokens, at: int) -> Ways[T | None]:
        yield None, at
        yield from rule.run(tokens, at)

    return Rule(run)


def always(value: T) -> Rule[T]:
    """Read nothing and give this value."""

    def run(tokens: Tokens, at: int) -> Ways[T]:  # noqa: ARG001 - every rule is asked alike
        yield value, at

    return Rule(run)


def give(value: U, rule: Rule[T]) -> Rule[U]:
    """Read it and give this value for it."""

    def run(tokens: Tokens, at: int) -> Ways[U]:
        return ((value, end) for _, end in rule.run(tokens, at))

    return Rule(run)


def distinct(rule: Rule[T]) -> Rule[T]:
    """Read it, giving what can be read in several ways to the same effect only once."""

    def run(tokens: Tokens, at: int) -> Ways[T]:
        return iter(dict.fromkeys(rule.run(tokens, at)))

    return Rule(run)


def extent(rule: Rule[T]) -> Rule[tuple[int, int]]:
    """Read it and give where it begins and ends, in tokens."""

    def run(tokens: Tokens, at: int) -> Ways[tuple[int, int]]:
        return (((at, end), end) for _, end in rule.run(tokens, at))

    return Rule(run)


@cache
def _forms(spelling: str) -> tuple[tuple[str, str], ...]:
    return tuple((spelling_key(word), fold(word)) for word in spelling.split())


def word(*spellings: str) -> Rule[str]:
    """Read one of these words or groups of words; gives the spelling that fits."""
    known = tuple((spelling, _forms(spelling)) for spelling in spellings)

    def run(tokens: Tokens, at: int) -> Ways[str]:
        for spelling, forms in known:
            found = tokens[at : at + len(forms)]
            if len(found) == len(forms) and all(_fits(*pair) for pair in zip(found, forms, strict=True)):
                yield spelling, at + len(forms)

    return Rule(run)


def _fits(token: Token, form: tuple[str, str]) -> bool:
    return token.key == form[0] or token.folded == form[1]


def number(low: int, high: int, *, digits: tuple[int, ...] = (1, 2)) -> Rule[int]:
    """Read a number in digits between the two, written with so many digits."""

    def run(tokens: Tokens, at: int) -> Ways[int]:
        if at < len(tokens) and tokens[at].is_number and len(tokens[at].text) in digits:
            value = int(tokens[at].text)
            if low <= value <= high:
                yield value, at + 1

    return Rule(run)


def free_word(reserved: Rule[str]) -> Rule[str]:
    """Read one word that says nothing about time: any word but the reserved ones."""

    def run(tokens: Tokens, at: int) -> Ways[str]:
        if at < len(tokens) and tokens[at].is_word and next(reserved.run(tokens, at), None) is None:
            yield tokens[at].text, at + 1

    return Rule(run)


def ways(rule: Rule[T], tokens: Tokens) -> Iterator[T]:
    """Give every value that the rule finds for the whole phrase, from its first token to its last."""
    return (value for value, end in rule.run(tokens, 0) if end == len(tokens))
