"""All formulas one edit away from a formula, as text that can be read again.

One module a family of edits; :func:`proofread.diagnosis.edits.every.all_edits` puts them together.
"""
