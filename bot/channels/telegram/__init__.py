"""Telegram, spoken with python-telegram-bot."""

from bot.channels.telegram.channel import Telegram

__all__ = ["Telegram"]
