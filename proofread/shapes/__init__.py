"""Symbolic shapes, before any number: each module here registers the rules of a family of nodes."""

from proofread.shapes import arithmetic, blocks, calculus, indexing

__all__ = ["arithmetic", "blocks", "calculus", "indexing"]
