"""Numbers and small dense matrices over any Python number type."""
