"""The catalogues: English sentences are the keys, each language's folder holds how they are said."""
