"""The site: small adapters between the model and Pelican, the only modules that import it.

Each adapter has a `register()` that connects named signals, as any Pelican plugin; pelicanconf.py
lists them in PLUGINS.
"""
