"""Every number that decides a verdict, in one table: limits, sample counts, tolerances.

Limits count operations and terms, never seconds, so that every machine gives the same verdict.
"""

from __future__ import annotations

# What a reader may type (contract, section 7).
MAX_FORMULA_CHARACTERS = 20_000
MAX_NESTING = 200
MAX_FRAMES = 5_000
"""Calls inside of calls that Python may need for that nesting; its usual limit is too small."""
MAX_TERMS = 10_000
"""Terms of a sum or product, and the largest exponent."""
MAX_MACRO_TOKENS = 20_000
"""Tokens that macros may expand one formula to."""
MAX_OPERATIONS = 16_000_000
"""Elementary evaluation steps for one statement."""
MAX_NUMBER_DIGITS = 400
MAX_ARRAY_ENTRIES = 20_000

# Samples (contract, section 6).
MIN_SAMPLES = 6
PIECEWISE_SAMPLES = 24
"""Where a formula, its domain or its symbols' sets have pieces: each of them wants to be met."""
SIZE_CHOICES = 3
MAX_DRAWS = 60
"""Draws before a statement counts as having too few samples."""
SEARCH_DRAWS = 48
"""Draws in the search for a counterexample of an inequality."""
MAX_MEMBERS = 60
"""Members of a family that is defined by its own members."""
MAX_INDEX_TUPLES = 400
"""Values of the free indices that one sample may ask for."""

# Comparison. A difference counts relative to the largest entry of the two sides.
CLEARLY_EQUAL = 1e-9
"""In double precision; anything else is decided with 50 digits."""
CLEARLY_EQUAL_NESTED = 1e-6
"""The same where a derivative stands inside a derivative."""
DIGITS = 50
GUARD_DIGITS = 12
EQUAL_WITH_DIGITS = 1e-42
"""Relative to the largest intermediate term."""
EQUAL_WITH_DIGITS_NESTED = 1e-28

# Numerical derivatives.
STEP_DOUBLE = 1e-30
STEP_DIGITS = 1e-70
CENTRAL_STEP_DOUBLE = 1e-3
CENTRAL_STEP_DIGITS = 1e-11
SECOND_OPINION = 1e-4
"""Complex step and central difference may differ by this much where a function is piecewise."""

# Repairs.
MAX_EDITS = 400
MAX_REPAIRS = 3
REPAIR_OPERATIONS = 2_500_000
"""Elementary evaluation steps for trying the edits of one link."""
MUTANT_OPERATIONS = 14_000_000
"""The same for one mutant of a formula that holds."""
