"""Random sizes and values that satisfy what the page assumes."""
