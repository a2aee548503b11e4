"""Trees compiled to closures, and derivatives taken numerically."""
