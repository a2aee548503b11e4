"""The engine checked by wrong formulas: every edit of every claim, page by page."""
