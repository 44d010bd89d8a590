"""Servers that stand for the outside world, for tests and for trying the assistant without an account."""
