"""Random identities, and NumPy as the witness of what is equal."""
