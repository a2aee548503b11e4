"""The site: what its pages are made of beyond Markdown.

``mkdocs.yml`` names this package as a Python-Markdown extension.
"""

from proofread.surfaces.site.extension import makeExtension

__all__ = ["makeExtension"]
