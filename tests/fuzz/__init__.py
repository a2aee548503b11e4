"""What the engine must survive: nasty pages, and random ones made from those that exist."""
