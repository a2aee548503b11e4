"""What can be taken along: a page as LaTeX, all pages to print, the site to read offline."""
