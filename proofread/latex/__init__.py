"""LaTeX source to tokens, macros expanded."""
