"""Trees compiled to closures: each module here registers the rules of a family of nodes."""

from proofread.values import arithmetic, blocks, derivatives, functions, indexing

__all__ = ["arithmetic", "blocks", "derivatives", "functions", "indexing"]
