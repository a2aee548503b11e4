"""Shapes in the page's own dimension names, before any number is drawn."""
