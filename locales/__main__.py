"""`make catalogues`: brings each catalogue up to the sentences in the code, and counts what waits for translation."""

import sys

from locales.collecting import LANGUAGES, brought_up, collected, write

sentences = collected()
for language in LANGUAGES:
    kept = brought_up(language, sentences)
    write(language, kept)
    waiting = sum(1 for message in kept if message.id and not message.string)
    sys.stdout.write(f"{language}: {len(kept)} sentences, {waiting} without a translation\n")
