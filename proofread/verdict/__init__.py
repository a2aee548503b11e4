"""Statements executed: declarations, definitions and claims, each with its verdict."""
