"""The page's symbol table: what is declared, what is defined, and where."""
