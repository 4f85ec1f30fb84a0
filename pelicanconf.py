"""The site's settings: what another organisation changes, with content/, issues/ and theme/."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "plugins")]  # the plugins import each other, whatever starts Pelican

# --- The house --------------------------------------------------------------------------------
SITENAME = "Defender"
MAGAZINE_SLUG = "defender"  # begins the names of the issues' files
SITENAMES = {"ar": "مدافعات", "en": "Defender"}
PUBLISHERS = {
    "ar": "مبادرة شبكة مدافعات عن حقوق المرأة",
    "en": "Women’s Rights & Women’s Network Initiative (Defenders)",
}
LANGUAGES = [
    {"code": "ar", "locale": "ar_LY", "direction": "rtl", "name": "العربية"},
    {"code": "en", "locale": "en_GB", "direction": "ltr", "name": "English"},
]
DEFAULT_LANG = "ar"
TIMEZONE = "Africa/Tripoli"
LOCALE = "C"  # dates and numbers come from Babel; no locale of the machine takes part

# How to reach the network. Unset: the page says that it is not published yet.
CONTACT = {"email": "", "phone": "", "address": {"ar": "", "en": ""}}
# Where «غادري الموقع الآن» leads: a site that anyone may be seen reading. Empty: no such link.
EXIT_URL = "https://www.wikipedia.org/"
# The public half of the key that signs SHA256SUMS (minisign; docs/mirrors.md). Empty: not signed.
SIGNING_KEY = ""
# The most bytes that a page may cost a reader, compressed: its text with styles and scripts, its
# faces, each picture, and all that is asked for before she scrolls. A build over one of them fails.
WEIGHTS = {"code": 60_000, "fonts": 40_000, "picture": 60_000, "visit": 150_000}

# Folders of content/ and the English names that the catalogue translates.
KINDS = {
    "articles": "Articles",
    "news": "News",
    "awareness": "Awareness",
    "studies": "Studies",
    "pages": "Pages",
}
TRACKS = {
    "schools": "In schools",
    "art": "Through art",
    "media": "In the media",
    "detention": "In detention",
}
CATEGORIES = {
    "editorial": "Editorial",
    "feature": "Feature",
    "explainer": "Legal explainer",
    "timeline": "Timeline",
    "glossary": "Glossary",
    "data": "In numbers",
    "questions": "Questions and answers",
    "review": "Review of an instrument",
    "art": "Art",
}
# The menu, in order: paths below a language's folder.
MENU = ["magazine", "articles", "news", "awareness", "studies", "about", "get-help", "search"]
FOOT_MENU = ["safety", "privacy", "contact", "glossary", "tags", "titles", "authors", "archive"]
CONTACT_PAGES = ["contact", "get-help"]

# --- Where things are -------------------------------------------------------------------------
SITEURL = ""
PATH = str(HERE / "content")
ISSUES_PATH = str(HERE / "issues")
OUTPUT_PATH = str(HERE / "output")
DELETE_OUTPUT_DIRECTORY = True  # what was withdrawn must not stay; checks run before anything is deleted
CACHE_PATH = str(HERE / ".cache")
THEME = str(HERE / "theme")
PLUGIN_PATHS = [str(HERE / "plugins")]
PLUGINS = [
    "web.gate",
    "web.reader",
    "web.twins",
    "web.pages",
    "web.kits",
    "web.lists",
    "web.feeds",
    "web.issues",
    "web.search",
    "web.reading",
    "web.metadata",
    "web.finish",
]

# --- Sources ----------------------------------------------------------------------------------
ARTICLE_PATHS = [kind for kind in KINDS if kind != "pages"]
PAGE_PATHS = ["pages"]
STATIC_PATHS: list[str] = []  # pictures are made for the site (web.pictures); data stay with the sources
ARTICLE_TRANSLATION_ID = PAGE_TRANSLATION_ID = None  # both languages are first class
ARTICLE_ORDER_BY = "slug"
FORMATTED_FIELDS: list[str] = []
USE_FOLDER_AS_CATEGORY = False
WITH_FUTURE_DATES = True  # the library has made a draft of what is dated tomorrow

# --- Addresses: symmetric trees, links that work from a folder ---------------------------------
RELATIVE_URLS = True
ARTICLE_URL = ARTICLE_LANG_URL = "{lang}/{kind}/{address}/index.html"
ARTICLE_SAVE_AS = ARTICLE_LANG_SAVE_AS = ARTICLE_URL
DRAFT_SAVE_AS = DRAFT_LANG_SAVE_AS = ""  # what is not published is not written
PAGE_URL = PAGE_LANG_URL = "{lang}/{address}/index.html"
PAGE_SAVE_AS = PAGE_LANG_SAVE_AS = PAGE_URL
DRAFT_PAGE_SAVE_AS = DRAFT_PAGE_LANG_SAVE_AS = ""
STATIC_URL = STATIC_SAVE_AS = "{path}"
# The stock lists know one language; web.lists writes them for each.
DIRECT_TEMPLATES: list[str] = []
CATEGORY_SAVE_AS = TAG_SAVE_AS = AUTHOR_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
PAGINATED_TEMPLATES = {"list": 12}
PAGINATION_PATTERNS = [
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/index.html", "{base_name}/page/{number}/index.html"),
]

# --- Theme ------------------------------------------------------------------------------------
THEME_STATIC_PATHS = ["static"]
JINJA_ENVIRONMENT = {
    "extensions": ["jinja2.ext.i18n"],
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
}
