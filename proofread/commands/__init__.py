"""Every command that the engine reads, one registration each, one family a file."""

from proofread.commands import elementwise, linear_algebra
from proofread.commands.registry import FUNCTIONS, INFIXES, OPERATIONS

__all__ = ["FUNCTIONS", "INFIXES", "OPERATIONS", "elementwise", "linear_algebra"]
