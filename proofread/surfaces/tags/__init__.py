"""Short permanent names of pages and formulas, that are never given twice."""
