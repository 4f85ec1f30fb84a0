"""Arabic as text: script, direction, joining, sorting, normalising and the locale.

Pure functions over strings and lxml trees. Nothing here knows the web, the page or the framework.
"""
