"""What the check costs, and 200 seeds; no part of the default test run."""
