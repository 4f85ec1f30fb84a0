"""From an edition to paper: compose (HTML), typeset (WeasyPrint), finish (PDF), store (cache)."""
