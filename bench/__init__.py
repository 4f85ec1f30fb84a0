"""What a page costs: the press, and WeasyPrint alone as before, side by side in one run (`inv bench`)."""
