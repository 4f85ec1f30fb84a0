"""From the typeset pages to what a print shop takes to plate: separations, sheets, proof and papers."""
