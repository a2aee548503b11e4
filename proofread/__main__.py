"""``python -m proofread``."""

from proofread.surfaces.cli import main

raise SystemExit(main())
