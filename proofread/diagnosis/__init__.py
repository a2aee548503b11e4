"""Why a statement is wrong: edits that mend it, samples in numbers, records for the reader."""
