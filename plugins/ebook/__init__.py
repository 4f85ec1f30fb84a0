"""From an edition to an EPUB: compose (XHTML) · notes · faces · cover · bind (package and container)."""
