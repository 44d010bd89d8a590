"""Each channel translates between its platform and the vocabulary of handlers/kit.py."""
