"""What a host is asked to say with each file: one table, written as every host reads it.

A page carries its policy itself (`meta`), for folders and for hosts that cannot be told. What no page
can say are headers: that no other site may frame it, that it is asked for over TLS alone, that its
words are not kept in the phone's store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from magazine.library import today

POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
UNUSED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "usb")


def policy(directives: Mapping[str, str] = POLICY) -> str:
    """A content policy as a page or a header says it."""
    return "; ".join(f"{directive} {sources}" for directive, sources in directives.items())


@dataclass(frozen=True, slots=True)
class Header:
    """A header that goes with every file."""

    name: str
    value: str


HEADERS = (
    Header("Content-Security-Policy", policy({**POLICY, "frame-ancestors": "'none'"})),
    Header("Cross-Origin-Opener-Policy", "same-origin"),
    Header("Cross-Origin-Resource-Policy", "same-origin"),
    Header("Permissions-Policy", ", ".join(f"{name}=()" for name in UNUSED)),
    Header("Referrer-Policy", "no-referrer"),
    Header("Strict-Transport-Security", "max-age=31536000"),
    Header("X-Content-Type-Options", "nosniff"),
    Header("X-Frame-Options", "DENY"),
)
# Cache-Control. What is the same whatever was read may stay on a phone for a day; all else tells
# by its words or its name what was read, and does not stay.
KEPT, UNKEPT = "public, max-age=86400", "no-store"
KEPT_FOLDER = "theme"
ABOUT = "Written by each build for publishing, from the table in plugins/web/hosts.py."

SECURITY_TXT, VALID = ".well-known/security.txt", timedelta(days=365)

# As hosts read it: the template's name, and whether the host looks for it in the site's own folder.
FILES: Mapping[str, bool] = {"_headers": True, ".htaccess": True, "nginx.conf": False, "Caddyfile": False}


def write(settings: Mapping[str, Any]) -> None:
    """All four, where HOSTS_PATH says; beside the pages, those that their hosts look for there."""
    output = Path(settings["OUTPUT_PATH"])
    if told := security_txt(settings, today()):
        (output / SECURITY_TXT).parent.mkdir(exist_ok=True)
        (output / SECURITY_TXT).write_text(told, "utf-8")
    if not settings.get("HOSTS_PATH"):
        return
    beside = Path(settings["HOSTS_PATH"])
    beside.mkdir(parents=True, exist_ok=True)
    for name, text in files(settings, output).items():
        (beside / name).write_text(text, "utf-8")
        if FILES[name]:
            (output / name).write_text(text, "utf-8")


def files(settings: Mapping[str, Any], output: Path) -> dict[str, str]:
    """The text of each, for the folders that there are."""
    codes = tuple(language["code"] for language in settings["LANGUAGES"])
    folders = sorted(path.name for path in output.iterdir() if path.is_dir() and path.name != KEPT_FOLDER)
    values = {
        "about": ABOUT,
        "headers": HEADERS,
        "codes": codes,
        "kept": KEPT,
        "unkept": UNKEPT,
        "kept_folder": KEPT_FOLDER,
        "unkept_places": tuple(f"{folder}/*" for folder in folders),
        # address below the site, its page for what is not there, how long it stays; the general one last
        "places": (
            *((f"{code}/", f"{code}/404.html", UNKEPT) for code in codes),
            (f"{KEPT_FOLDER}/", "404.html", KEPT),
            ("", "404.html", UNKEPT),
        ),
    }
    templates = Environment(
        loader=FileSystemLoader(Path(settings["THEME"]) / "templates" / "hosts"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # no HTML; every value is ours
    )
    return {name: templates.get_template(name).render(values) for name in FILES}


def security_txt(settings: Mapping[str, Any], day: date) -> str:
    """How to tell of a weakness (RFC 9116). Empty where there is no address to tell it to."""
    email, site = settings["CONTACT"].get("email"), settings["SITEURL"]
    if not email or not site:
        return ""
    rows = {
        "Contact": f"mailto:{email}",
        "Expires": f"{day + VALID:%Y-%m-%d}T00:00:00Z",
        "Preferred-Languages": ", ".join(language["code"] for language in settings["LANGUAGES"]),
        "Canonical": f"{site}/{SECURITY_TXT}",
    }
    return "".join(f"{name}: {value}\n" for name, value in rows.items())
