"""The magazine as data: pieces, issues, editions, and what is wrong with them.

Nothing here knows Pelican or WeasyPrint; the renderers (web, press) read this model.
"""
