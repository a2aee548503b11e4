"""A text that is being written, checked over and over: what runs in the reader's browser."""
