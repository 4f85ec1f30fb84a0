"""Which digits are exchanged, for what, and which are left."""

import pytest
from bidi import get_display
from lxml import html

from arabic.digits import exchange, exchanged
from arabic.direction import direct

RLM = "\u200f"


def exchanged_tree(source: str) -> html.HtmlElement:
    tree = html.fragment_fromstring(f"<div>{source}</div>")
    direct(tree, "rtl")
    exchange(tree)
    return tree


def text_after(source: str) -> str:
    return exchanged_tree(source).text_content()


ARABIC = [
    ("المادة 16", "المادة ١٦"),
    ("المادة 16(1)(ب)", "المادة ١٦(١)(ب)"),
    ("نسبة 50%", "نسبة ٥٠٪"),
    ("نسبة 50 %", "نسبة ٥٠ ٪"),
    ("المعدل 1.5", "المعدل ١٫٥"),
    ("المعدل 1,5", "المعدل ١٫٥"),
    ("المعدل 0.125", "المعدل ٠٫١٢٥"),
    ("عدد 1,234", "عدد ١٬٢٣٤"),
    ("عدد 1.234", "عدد ١٬٢٣٤"),
    ("عدد 1\u00a0234\u00a0567", "عدد ١٬٢٣٤٬٥٦٧"),
    ("عدد 1.234.567,89", "عدد ١٬٢٣٤٬٥٦٧٫٨٩"),
    ("المواد 16–20 من", "المواد ١٦–٢٠ من"),
    ("يوم 18/6/2004", f"يوم ١٨{RLM}/٦{RLM}/٢٠٠٤"),
    ("القرار 53/144", f"القرار ٥٣{RLM}/١٤٤"),
    ("يوم 18.6.2004", f"يوم ١٨{RLM}.٦{RLM}.٢٠٠٤"),
    ("الساعة 14:30", "الساعة ١٤:٣٠"),
    ("4 يناير 2026", "٤ يناير ٢٠٢٦"),
    ("القرار 217 ألف (د-3)", "القرار ٢١٧ ألف (د-٣)"),
    ("بين 2016 30 سيدة", "بين ٢٠١٦ ٣٠ سيدة"),
    ("<b>16</b>(1)", "١٦(١)"),
    ("<table><tr><td>نص</td><td>6</td></tr></table>", "نص٦"),
    # typed by the editor
    ("المواد ١٦–٢٠ و٥٠%", "المواد ١٦–٢٠ و٥٠٪"),
    ("يوم ١٨/٦/٢٠٠٤ ومعدل ١٫٢٣٤", f"يوم ١٨{RLM}/٦{RLM}/٢٠٠٤ ومعدل ١٫٢٣٤"),
]
LATIN = [
    "https://example.org/16/20",
    "www.example.org/2004",
    "info.16@example.org",
    "CEDAW/C/LBY/CO/5",
    "A/RES/53/144",
    "S/RES/1325 (2000)",
    "+218 91 123 4567",
    "091-123-4567",
    "021 123 45 67",
    "16(1)(b)",
    "Article 16 of 30",
    "5 km",
    "<code>16</code>",
    "<code>x = 16</code>",
]


@pytest.mark.parametrize(("before", "after"), ARABIC)
def test_the_digits_of_arabic(before: str, after: str) -> None:
    assert text_after(f"<p>نص {before} نص</p>") == f"نص {after} نص"


@pytest.mark.parametrize("latin", LATIN)
def test_latin_keeps_its_digits(latin: str) -> None:
    tree = exchanged_tree(f"<p>نص {latin} نص 7 نص</p>")
    plain = html.fragment_fromstring(f"<i>{latin}</i>").text_content()
    assert tree.text_content() == f"نص {plain} نص ٧ نص"


@pytest.mark.parametrize("source", ["<style>p { width: 16% }</style>", '<img alt="16" src="16.svg">'])
def test_what_is_not_text_is_left(source: str) -> None:
    assert source in html.tostring(exchanged_tree(f"{source}<p>نص 5</p>"), encoding="unicode")


def test_addresses_and_anchors_do_not_change() -> None:
    tree = exchanged_tree('<p id="part-2" data-title="المادة 16">نص <a href="#law-16">المادة 16</a></p>')
    assert tree[0].get("id") == "part-2"
    assert tree[0].get("data-title") == "المادة ١٦"
    assert tree[0][0].get("href") == "#law-16"
    assert tree.text_content() == "نص المادة ١٦"


def test_a_second_exchange_changes_nothing() -> None:
    tree = exchanged_tree("".join(f"<p>نص {before} نص</p>" for before, _ in ARABIC))
    once = html.tostring(tree)
    exchange(tree)
    assert html.tostring(tree) == once


def test_a_line_of_plain_text() -> None:
    assert exchanged("مدافعات · العدد 12 و16–20") == "مدافعات · العدد ١٢ و١٦–٢٠"
    assert exchanged("قراءة في CEDAW/C/LBY/CO/5 سنة 2016") == "قراءة في CEDAW/C/LBY/CO/5 سنة ٢٠١٦"
    assert exchanged("بلا أرقام") == "بلا أرقام"


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("50%", "٪٥٠"),
        ("16–20", "٢٠–١٦"),
        ("16-20", "٢٠-١٦"),
        ("18/6/2004", "٢٠٠٤/٦/١٨"),
        ("18.6.2004", "٢٠٠٤.٦.١٨"),
        ("2004-6-18", "١٨-٦-٢٠٠٤"),
        ("1.5", "١٫٥"),
        ("1,234", "١٬٢٣٤"),
        ("14:30", "١٤:٣٠"),
        ("-5", "٥-"),
    ],
)
def test_order_by_the_algorithm(written: str, seen: str) -> None:
    """From the left, as UAX #9 orders the line: the first number of a row is on the right."""
    for line in (f"نص {written} نص", f"{written} نص", f"نص {written}"):
        display = get_display(exchanged(line), base_dir="R")
        assert isinstance(display, str)
        assert seen in display.replace(RLM, "")
