"""The settings for publishing: absolute addresses where the web needs them.

Give the site's address in the environment: SITE_URL=https://… pelican -s publishconf.py
"""

import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent)]

from pelicanconf import *  # noqa: E402, F403 (Pelican's own way of stacking settings)

SITEURL = os.environ.get("SITE_URL", "").rstrip("/")
if not SITEURL.startswith("https://"):
    sys.exit(
        "publishconf.py: say where the site will stand, for example\n"
        "  SITE_URL=https://example.org pelican -s publishconf.py\n"
        "اذكر عنوان الموقع أولًا، مثلًا:\n"
        "  SITE_URL=https://example.org pelican -s publishconf.py"
    )

# What hosts are asked to say with each file, for nginx, Apache, Caddy, Netlify and their like.
HOSTS_PATH = str(HERE / "dist" / "hosts")  # noqa: F405
