"""Where U+200D goes, and where it must not."""

import pytest
from lxml import html

from arabic.joining import join_across_inlines

ZWJ = "\u200d"


def joined(source: str) -> str:
    """The source with joiners put in, each shown as `|`."""
    tree = html.fragment_fromstring(source.replace("|", ZWJ))
    join_across_inlines(tree)
    return html.tostring(tree, encoding="unicode").replace(ZWJ, "|")


@pytest.mark.parametrize(
    "source",
    [
        "<p>دا<b>ر</b></p>",  # د and ا do not join what follows
        "<p>ماء<b>ماء</b></p>",
        "<p>قال <b>محمد</b> هنا</p>",
        "<p>«<b>محمد</b>»</p>",
        "<p>عام2016<b>م</b></p>",
        "<p>محCE<b>مد</b></p>",
        "<p>مح<b>CEDAW</b></p>",
        "<p>مح\u200c<b>مد</b></p>",
        "<p>مح<b>\u200cمد</b></p>",
        "<p>مح<br>مد</p>",
        "<p>مح<wbr></wbr>مد</p>",
        '<p>مح<img src="x">مد</p>',
        "<p>بـ <b>مد</b></p>",
        "<p>٣<b>م</b></p>",
    ],
)
def test_nothing_where_letters_do_not_meet_or_join(source: str) -> None:
    assert joined(source) == source


def test_blocks_do_not_join() -> None:
    source = "<div>مح<p>مد</p>مح<p>مد</p></div>"
    assert joined(source) == source


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>مح<b>مد</b></p>", "<p>مح|<b>|مد</b></p>"),
        ("<p><b>مح</b>مد</p>", "<p><b>مح|</b>|مد</p>"),
        ("<p>م<b>ح</b>مد</p>", "<p>م|<b>|ح|</b>|مد</p>"),
        ("<p><b>مح</b><i>مد</i></p>", "<p><b>مح|</b><i>|مد</i></p>"),
        ("<p>مح<b><i>مد</i></b></p>", "<p>مح|<b><i>|مد</i></b></p>"),
        ("<p>ال<b>كتاب</b></p>", "<p>ال|<b>|كتاب</b></p>"),
        ("<p>كت<b>ا</b>ب</p>", "<p>كت|<b>|ا</b>ب</p>"),  # to ا, not from it
        ("<p>مَحَ<b>مد</b></p>", "<p>مَحَ|<b>|مد</b></p>"),  # looked through
        ("<p>سـ<b>لام</b></p>", "<p>سـ|<b>|لام</b></p>"),  # tatweel joins
        ("<p>س<b>َّ</b>لام</p>", "<p>س|<b>َّ</b>|لام</p>"),  # a mark alone
        ("<p>مح<b></b>مد</p>", "<p>مح|<b></b>|مد</p>"),
        ("<p>ڤ<b>ڨ</b>ی</p>", "<p>ڤ|<b>|ڨ|</b>|ی</p>"),
        ("<div><p>مح<b>مد</b></p></div>", "<div><p>مح|<b>|مد</b></p></div>"),
        ('<p>مح<span dir="rtl">مد</span></p>', '<p>مح|<span dir="rtl">|مد</span></p>'),
    ],
)
def test_joins_inside_a_word(source: str, expected: str) -> None:
    assert joined(source) == expected


def test_a_joiner_already_there_is_completed_not_doubled() -> None:
    assert joined("<p>مح|<b>مد</b></p>") == "<p>مح|<b>|مد</b></p>"
    assert joined("<p>مح|<b>|مد</b></p>") == "<p>مح|<b>|مد</b></p>"


def test_what_is_not_prose_is_left_alone() -> None:
    source = "<div><style>مح</style><pre>مح<b>مد</b></pre></div>"
    assert joined(source) == source
