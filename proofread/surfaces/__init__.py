"""Where a check meets people: the command, the test run and the site."""
