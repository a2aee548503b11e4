"""Markdown to blocks of prose and mathematics, each piece with its exact place."""

from proofread.markdown.configuration import configuration
from proofread.markdown.page import Block, Page, Piece, Problem, Scope
from proofread.markdown.reader import read_page

__all__ = ["Block", "Page", "Piece", "Problem", "Scope", "configuration", "read_page"]
