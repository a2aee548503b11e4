"""The site: what its pages are made of beyond Markdown.

``mkdocs.yml`` names :mod:`proofread.surfaces.site.extension` as a Python-Markdown extension.
"""
