"""Tokens to syntax trees, asking the page's symbol table what a name is."""
