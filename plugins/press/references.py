"""References: a link to another piece tells the page, once the pages are made; citations stay whole."""

from __future__ import annotations

from gettext import NullTranslations

from lxml.html import HtmlElement

from press.cutting import add_class

PAGE = "(page\u00a0%(page)s)"  # the number's place; the words are the catalogue's
PLACE = "%(page)s"


def tell_pages(root: HtmlElement, catalogue: NullTranslations) -> None:
    """After each link to a piece of the issue: «(ص 14)», the number by `press.leaves`."""
    before, _, after = catalogue.gettext(PAGE).partition(PLACE)
    for link in root.findall(".//a[@class='piece']"):
        see = link.makeelement("span", {"class": "see nowrap"})
        number = link.makeelement("a", {"class": "page-of", "href": link.get("href", "")})
        see.text, number.tail = before, after
        see.append(number)
        see.tail, link.tail = link.tail, " "
        parent = link.getparent()
        if parent is not None:
            parent.insert(parent.index(link) + 1, see)


def lead_in_own_piece(root: HtmlElement, slug: str) -> None:
    """A link to a place in the piece itself: the places will get the piece's name."""
    places = {element.get("id") for element in root.iter() if element.get("id")}
    for link in root.iter("a"):
        place = link.get("href", "").removeprefix("#")
        if link.get("href", "").startswith("#") and place in places:
            link.set("href", f"#{slug}--{place}")


def keep_citations(root: HtmlElement) -> None:
    """No line ends inside «article 29(1)(d)», where the typesetter would break before a bracket."""
    for link in root.findall(".//a[@class='law']"):
        if len(link.text_content().split()) <= 2:
            add_class(link, "nowrap")
