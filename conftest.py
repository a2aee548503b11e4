"""Makes the pages of the site tests, wherever pytest is started from."""

pytest_plugins = ("proofread.surfaces.collection",)
