"""Zalo Bot as a channel."""

from bot.channels.zalo.channel import NAME, Zalo

__all__ = ["NAME", "Zalo"]
