"""What is set apart, where its edges are, and what it is told to be."""

import pytest
from lxml import etree, html

from arabic.direction import direct
from arabic.script import Direction


def directed(source: str, base: Direction = "rtl") -> str:
    tree = html.fragment_fromstring(source)
    direct(tree, base)
    # lxml closes <wbr>, which HTML does not.
    return html.tostring(tree, encoding="unicode").replace("</wbr>", "")


def runs(source: str, base: Direction = "rtl") -> list[str]:
    """The texts set apart in the other direction, in order."""
    tree = html.fragment_fromstring(source)
    direct(tree, base)
    other = "ltr" if base == "rtl" else "rtl"
    return [el.text_content() for el in tree.iter() if el is not tree and el.get("dir") == other]


def in_arabic(text: str) -> list[str]:
    return runs(f"<p>قال {text} هنا</p>")


# --- nothing to do -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "<p>نص عربي «كامل» (بلا أرقام)، وفيه <b>مادة</b> (هـ).</p>",
        "<p>المادة ١٦ والمواد ١٦-٢٠ ونسبة ٥٠٪ وعدد ١٬٥٠٠٫٥.</p>",
        "<p>نص … – / + % * «» () ½</p>",
        "<p>نص ۵ و۱۶-۲۰ نص</p>",
        "<p>نص <!-- CEDAW 16 --> نص</p>",
        '<p>نص <img alt="CEDAW" title="CEDAW 16"> نص</p>',
    ],
)
def test_pure_arabic_is_left_alone(source: str) -> None:
    assert directed(source) == source


def test_pure_english_is_left_alone() -> None:
    source = "<p>Plain “English”, 16(1)(b), 50% and <b>CEDAW/C/1</b> – https://www.ohchr.org.</p>"
    assert directed(source, "ltr") == source


# --- the span ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("في CEDAW نص", 'في <span dir="ltr" lang="en">CEDAW</span> نص'),
        ("عام 2016 نص", 'عام <span dir="ltr">2016</span> نص'),
        ("نص 50% نص", 'نص <span dir="ltr" class="nowrap">50%</span> نص'),
        ("نص 16-20 نص", 'نص <span dir="ltr" class="nowrap">16-20</span> نص'),
        (
            "نص CEDAW/C/LBY/CO/5 نص",
            'نص <span dir="ltr" lang="en" class="nowrap">CEDAW/C/LBY/CO/5</span> نص',
        ),
        (
            "نص +218 91 123 4567 نص",
            'نص <span dir="ltr" class="nowrap">+218 91 123 4567</span> نص',
        ),
        ("نص a.b@c.org نص", 'نص <span dir="ltr">a.b@c.org</span> نص'),
        ("نص www.c.org نص", 'نص <span dir="ltr">www.c.org</span> نص'),
        ("نص 16(1)(ب) نص", 'نص <span dir="rtl" class="nowrap">16(1)(ب)</span> نص'),
        ("نص 16(1)(b) نص", 'نص <span dir="ltr" class="nowrap">16(1)(b)</span> نص'),
        ("نص 5 km نص", 'نص <span dir="ltr" lang="en" class="nowrap">5 km</span> نص'),
        ("نص ⵣⵣ نص", 'نص <span dir="ltr">ⵣⵣ</span> نص'),
    ],
)
def test_span_in_arabic(source: str, expected: str) -> None:
    assert directed(f"<p>{source}</p>") == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("phrase", "kept"),
    [("A/" + "b" * 28, True), ("A/" + "b" * 29, False), ("16 abcdefg", True), ("16 abcdefgh", False)],
)
def test_what_is_short_enough_to_keep_together(phrase: str, kept: bool) -> None:
    assert ("nowrap" in directed(f"<p>نص {phrase} نص</p>")) == kept


def test_long_phrases_may_break() -> None:
    assert "nowrap" not in directed("<p>نص Convention on the Rights of the Child نص</p>")
    assert "nowrap" not in directed("<p>نص CEDAW/C/GC/31/Rev.1-CRC/C/GC/18/Rev.1 نص</p>")


@pytest.mark.parametrize("tag", "p li h1 h6 td th dd dt figcaption caption blockquote div".split())
def test_every_kind_of_block(tag: str) -> None:
    tree = etree.Element("section")
    block = etree.SubElement(tree, tag)
    block.text = "في CEDAW نص"
    direct(tree, "rtl")
    assert block[0].get("dir") == "ltr" and block[0].text == "CEDAW"


def test_a_phrase_never_crosses_blocks() -> None:
    source = "<div>نص Human<p>Rights نص</p>Watch نص</div>"
    assert runs(source) == ["Human", "Rights", "Watch"]


def test_a_phrase_never_crosses_a_line_break() -> None:
    assert runs("<p>نص Human<br>Rights نص</p>") == ["Human", "Rights"]


# --- edges -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        # the sentence's own punctuation stays outside
        ("(CEDAW)", ["CEDAW"]),
        ("«CEDAW»", ["CEDAW"]),
        ("“CEDAW”", ["CEDAW"]),
        ("CEDAW، CRC؛ CAT؟", ["CEDAW", "CRC", "CAT"]),
        ("اتفاقية CEDAW. ثم", ["CEDAW"]),
        ("ICCPR: الحق", ["ICCPR"]),
        ("في 2016.", ["2016"]),
        ("«CEDAW» و«CRC»", ["CEDAW", "CRC"]),
        ("«CEDAW» «CRC»", ["CEDAW", "CRC"]),
        ("(CEDAW). (CRC)", ["CEDAW", "CRC"]),
        ("CEDAW) CRC", ["CEDAW", "CRC"]),
        ("CEDAW (CRC", ["CEDAW", "CRC"]),
        # what is inside the phrase is the phrase's
        ("General Assembly (GA) resolution", ["General Assembly (GA) resolution"]),
        ("General Assembly (GA)", ["General Assembly (GA)"]),
        ("(General Assembly (GA))", ["General Assembly (GA)"]),
        ("(CEDAW) Convention", ["(CEDAW) Convention"]),
        ("General Assembly [GA]", ["General Assembly [GA]"]),
        ("General Assembly {GA}", ["General Assembly {GA}"]),
        ("General Assembly “GA”", ["General Assembly “GA”"]),
        ("General ‹Assembly› GA ‹x", ["General ‹Assembly› GA", "x"]),
        ("General (Assembly [GA])", ["General (Assembly [GA])"]),
        ("[(GA) Assembly] General", ["[(GA) Assembly] General"]),
        ("cafe\u0301s", ["cafe\u0301s"]),
        ("CEDAW\u200d", ["CEDAW\u200d"]),
        ("Women’s Rights & Women’s Network", ["Women’s Rights & Women’s Network"]),
        ("Truth, justice – and “peace” now", ["Truth, justice – and “peace” now"]),
        ("“Who protects? We do.”", ["Who protects? We do."]),
        ("«Who protects the defenders?»", ["Who protects the defenders?"]),
        ("Human\nRights", ["Human\nRights"]),
        ("café naïve", ["café naïve"]),
        ("C++ و C# و U.S. و .org", ["C++", "C#", "U.S.", ".org"]),
        ("و@name و#tag", ["@name", "#tag"]),
    ],
)
def test_edges_of_words(text: str, phrases: list[str]) -> None:
    assert in_arabic(text) == phrases


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("16–20", ["16–20"]),
        ("1979/12/18", ["1979/12/18"]),
        ("10:30", ["10:30"]),
        ("1.234.567,89", ["1.234.567,89"]),
        ("2016،", ["2016"]),
        ("50 %", ["50 %"]),
        ("-5 و(+3) و−2 و±1", ["-5", "+3", "−2", "±1"]),
        ("د-22", ["22"]),
        ("و$5 و5€ و≥18 و25°C", ["$5", "5€", "≥18", "25°C"]),
        ("2016 30", ["2016", "30"]),
        ("16 – 20", ["16", "20"]),
        ("1325 (2000)", ["1325", "2000"]),
        ("0912345678", ["0912345678"]),
        ("00218 91 1234567", ["00218 91 1234567"]),
        ("091 123 4567", ["091 123 4567"]),
        ("1\u00a0000\u202f000", ["1\u00a0000\u202f000"]),
        ("(+218) 91", ["+218", "91"]),
        ("CEDAW – 16 دولة", ["CEDAW", "16"]),
        ("A/RES/34/180", ["A/RES/34/180"]),
        ("Article 16(1)", ["Article 16(1)"]),
        ("Resolution 1325 (2000)", ["Resolution 1325 (2000)"]),
        ("Windows 11", ["Windows 11"]),
        ("16 Days of Activism", ["16 Days of Activism"]),
        ("from 16 – 20 days", ["from 16 – 20 days"]),
        ("Art. 16", ["Art. 16"]),
        ("اتفاقية CEDAW. 16 دولة", ["CEDAW", "16"]),
        ("عام 2016. CEDAW هي", ["2016", "CEDAW"]),
        ("(CEDAW) 16 دولة", ["CEDAW", "16"]),
        ("CEDAW (1979)", ["CEDAW (1979)"]),
    ],
)
def test_edges_of_numbers(text: str, phrases: list[str]) -> None:
    assert in_arabic(text) == phrases


@pytest.mark.parametrize(
    "reference", ["16(1)(ب)", "2(هـ)", "16(1)", "١٦(١)(ب)", "16/2(أ)", "4(2)(1)", "2(ه\u200d)", "2(بَ)"]
)
def test_references_are_read_from_right_to_left(reference: str) -> None:
    assert directed(f"<p>نص {reference} نص</p>") == (
        f'<p>نص <span dir="rtl" class="nowrap">{reference}</span> نص</p>'
    )


def test_line_all_in_english_keeps_its_punctuation() -> None:
    assert runs("<p> “One sentence. And another!” </p>") == ["“One sentence. And another!”"]
    assert runs("<p>CEDAW:</p>") == ["CEDAW"]
    assert runs("<p>CEDAW.</p>") == ["CEDAW"]
    assert runs("<p>One sentence.<br>نص</p>") == ["One sentence."]


# --- inline markup -----------------------------------------------------------------------------


def spanned(text: str) -> str:
    return f'<span dir="ltr" lang="en">{text}</span>'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # one span around the whole phrase
        (
            "نص This is <b>very bold</b> text نص",
            f"نص {spanned('This is <b>very bold</b> text')} نص",
        ),
        ("نص <b>Human</b> Rights نص", f"نص {spanned('<b>Human</b> Rights')} نص"),
        ("نص Human <b>Rights</b> نص", f"نص {spanned('Human <b>Rights</b>')} نص"),
        ("نص <b>A</b> <i>B</i> نص", f"نص {spanned('<b>A</b> <i>B</i>')} نص"),
        ("نص <b><i>A</i></b> B نص", f"نص {spanned('<b><i>A</i></b> B')} نص"),
        # as deep as the phrase is
        ("نص <b>CEDAW</b> نص", f"نص <b>{spanned('CEDAW')}</b> نص"),
        ("نص <b>في CEDAW نص</b>", f"نص <b>في {spanned('CEDAW')} نص</b>"),
        ('<a href="x">نص CEDAW</a>', f'<a href="x">نص {spanned("CEDAW")}</a>'),
        # formatting is split, so that the phrase stays whole
        (
            "<b>في Human</b> Rights نص",
            f"<b>في </b>{spanned('<b>Human</b> Rights')} نص",
        ),
        (
            "نص Human <b>Rights قال</b>",
            f"نص {spanned('Human <b>Rights</b>')}<b> قال</b>",
        ),
        (
            "<b>في <i>نص Human</i></b> Rights نص",
            f"<b>في <i>نص </i></b>{spanned('<b><i>Human</i></b> Rights')} نص",
        ),
        # what has an identity is not
        (
            '<a href="x">في Human</a> Rights نص',
            f'<a href="x">في {spanned("Human")}</a> {spanned("Rights")} نص',
        ),
        (
            '<b id="k">في Human</b> Rights نص',
            f'<b id="k">في {spanned("Human")}</b> {spanned("Rights")} نص',
        ),
    ],
)
def test_inline_markup(source: str, expected: str) -> None:
    assert directed(f"<p>{source}</p>") == f"<p>{expected}</p>"


def test_splitting_copies_classes_but_makes_no_empty_element() -> None:
    out = directed('<p><b class="k">في Human</b> Rights نص</p>')
    assert out.count('<b class="k">') == 2 and "<b></b>" not in out


def test_a_bracket_left_alone_by_an_uneven_edge_gets_no_span() -> None:
    out = directed('<p><a href="x">قال (</a>CEDAW) Convention نص</p>')
    assert out == f'<p><a href="x">قال (</a>{spanned("CEDAW) Convention")} نص</p>'


def test_text_after_an_element_that_takes_part_stays_in_place() -> None:
    source = "<p>نص <b>A</b><i>B</i>ج<u>د</u>E<!--x-->F نص</p>"
    tree = html.fragment_fromstring(source)
    direct(tree, "rtl")
    assert tree.xpath("string()") == "نص ABجدEF نص"
    assert runs(source) == ["AB", "EF"]


# --- elements that speak for themselves ---------------------------------------------------------


@pytest.mark.parametrize(
    "inside",
    [
        '<span dir="ltr">نص CEDAW</span>',
        '<span dir="rtl">CEDAW</span>',
        '<span dir="auto">CEDAW</span>',
        '<bdi dir="ltr">نص CEDAW</bdi>',
    ],
)
def test_elements_with_a_direction_are_not_entered(inside: str) -> None:
    assert directed(f"<p>نص {inside} نص</p>") == f"<p>نص {inside} نص</p>"
    block = f'<div>نص<p dir="ltr">{inside} نص CEDAW</p></div>'
    assert directed(block) == block


def test_the_root_is_entered_whatever_its_direction() -> None:
    assert spanned("CEDAW") in directed('<p dir="rtl">نص CEDAW</p>')


def test_an_element_already_set_apart_joins_the_phrase_around_it() -> None:
    phrase = 'This <i dir="ltr">is</i> text'
    assert directed(f"<p>نص {phrase} نص</p>") == f"<p>نص {spanned(phrase)} نص</p>"


def test_it_joins_at_the_edge_too() -> None:
    phrase = 'This <i dir="ltr">is</i>'
    assert directed(f"<p>نص {phrase} نص</p>") == f"<p>نص {spanned(phrase)} نص</p>"


def test_what_counts_of_it_is_the_direction_not_the_text() -> None:
    assert directed('<p>نص This <i dir="ltr">نص</i> text نص</p>').count('lang="en"') == 1
    assert directed('<p>نص This <i dir="auto">is</i> text نص</p>').count('lang="en"') == 2


def test_an_element_of_the_base_direction_parts_the_phrase() -> None:
    out = directed('<p>نص This <i dir="rtl">نص</i> text نص</p>')
    assert out.count('lang="en"') == 2


def test_code_is_one_latin_thing() -> None:
    assert directed("<p>نص <code>git x</code> نص</p>") == ('<p>نص <code dir="ltr">git x</code> نص</p>')
    assert directed("<p>نص run <code>git x</code> now نص</p>") == (
        '<p>نص <span dir="ltr" lang="en">run <code>git x</code> now</span> نص</p>'
    )


def test_what_follows_code_is_the_sentence_s() -> None:
    assert directed("<p>نص <code>git</code>+ نص</p>") == '<p>نص <code dir="ltr">git</code>+ نص</p>'


def test_pre_is_ltr_in_arabic_and_untouched_in_english() -> None:
    assert directed("<div>نص<pre>a نص</pre></div>") == '<div>نص<pre dir="ltr">a نص</pre></div>'
    assert directed("<div>a<pre>a نص</pre></div>", "ltr") == "<div>a<pre>a نص</pre></div>"


def test_links_that_show_an_address() -> None:
    assert directed('<p>نص <a href="m">a@b.org</a> نص</p>') == (
        '<p>نص <a href="m" dir="ltr">a@b.org</a> نص</p>'
    )
    assert directed('<p>نص <a href="m">CEDAW</a> نص</p>') == (
        f'<p>نص <a href="m">{spanned("CEDAW")}</a> نص</p>'
    )


LONG = "https://www.ohchr.org/en/instruments/listings"
BROKEN = "https://www.ohchr.org/<wbr>en/<wbr>instruments/<wbr>listings"


def test_long_addresses_may_break_after_their_slashes() -> None:
    assert directed(f"<p>نص {LONG}. نص</p>") == f'<p>نص <span dir="ltr">{BROKEN}</span>. نص</p>'
    assert directed(f"<p>نص <a>{LONG}</a> نص</p>") == f'<p>نص <a dir="ltr">{BROKEN}</a> نص</p>'
    assert directed(f"<p>نص see <a>{LONG}</a> نص</p>") == (
        f'<p>نص <span dir="ltr" lang="en">see <a>{BROKEN}</a></span> نص</p>'
    )


@pytest.mark.parametrize(("rest", "breaks"), [("/" + "a" * 11, 0), ("/" + "a" * 12, 1)])
def test_an_address_is_long_from_thirty_characters(rest: str, breaks: int) -> None:
    assert directed(f"<p>نص https://abc.org/b{rest} نص</p>").count("<wbr>") == breaks * 2


def test_code_never_gets_breaks() -> None:
    assert "<wbr>" not in directed(f"<p>نص <code>{LONG}</code> و see <code>{LONG}</code> نص</p>")


def test_what_was_set_apart_before_gets_no_breaks() -> None:
    source = f'<p>نص <span dir="ltr">{LONG}</span> نص CEDAW نص</p>'
    assert "<wbr>" not in directed(source)


def test_a_break_that_the_parser_has_filled_is_read_through() -> None:
    tree = html.fragment_fromstring("<p>نص<wbr>CEDAW نص</p>")
    assert tree[0].text == "CEDAW نص"
    direct(tree, "rtl")
    assert tree[0][0].text == "CEDAW"


def test_short_addresses_and_citations_may_not() -> None:
    assert "<wbr>" not in directed("<p>نص https://x.org/a/b نص A/RES/34/180 نص</p>")


def test_isolates_get_the_direction_of_their_first_letter() -> None:
    assert directed("<p>نص <bdi>Amal علي</bdi> نص</p>") == (
        '<p>نص <bdi dir="ltr">Amal <span dir="rtl" lang="ar">علي</span></bdi> نص</p>'
    )
    assert '<bdi dir="rtl">علي' in directed("<p>a <bdi>علي Amal</bdi> b</p>", "ltr")
    assert '<bdi dir="ltr">091-123' in directed("<p>نص <bdi>091-123</bdi> نص</p>")


def test_marks_of_notes_stay_out_of_phrases_at_their_edge() -> None:
    note = '<sup><a href="#n">2</a></sup>'
    out = directed(f"<p>نص CEDAW{note} نص</p>")
    assert f"{spanned('CEDAW')}<sup>" in out
    assert '<a href="#n"><span dir="ltr">2</span></a>' in out
    assert runs(f"<p>نص This is{note} text نص</p>")[0] == "This is2 text"


def test_a_button_is_a_line_of_its_own() -> None:
    assert directed("<p>نص A <button>نص B</button> C نص</p>") == (
        f"<p>نص {spanned('A')} <button>نص {spanned('B')}</button> {spanned('C')} نص</p>"
    )


def test_a_power_stays_with_its_number() -> None:
    assert runs("<p>نص 10<sup>2</sup> نص</p>") == ["102"]


@pytest.mark.parametrize("tag", ["style", "script", "svg", "math", "textarea", "title", "select"])
def test_what_is_not_prose_is_not_entered(tag: str) -> None:
    tree = etree.Element("div")
    etree.SubElement(tree, tag).text = "CEDAW"
    direct(tree, "rtl")
    assert etree.tostring(tree, encoding="unicode") == f"<div><{tag}>CEDAW</{tag}></div>"


def test_xhtml_gets_elements_of_its_own_namespace() -> None:
    tree = etree.fromstring('<p xmlns="http://www.w3.org/1999/xhtml">نص CEDAW<sup><a>1</a></sup> نص</p>')
    direct(tree, "rtl")
    assert tree[0].tag == "{http://www.w3.org/1999/xhtml}span"
    assert tree[0].text == "CEDAW"


def test_a_root_that_is_not_prose_is_not_entered() -> None:
    assert directed("<pre>نص CEDAW</pre>") == "<pre>نص CEDAW</pre>"


def test_block_inside_an_inline_element() -> None:
    assert runs('<div><a href="x"><h2>نص CEDAW</h2></a></div>') == ["CEDAW"]


# --- Arabic in English ---------------------------------------------------------------------------


def arabic(text: str) -> str:
    return f'<span dir="rtl" lang="ar">{text}</span>'


NUMBER = '<span dir="ltr">16</span>'
REFERENCE = '<span dir="rtl" class="nowrap">16(1)(ب)</span>'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("the word «مدافعات» is", f"the word «{arabic('مدافعات')}» is"),
        ("see شبكة <b>مدافعات</b> here", f"see {arabic('شبكة <b>مدافعات</b>')} here"),
        ("أولًا، ثم ثانيًا; then", f"{arabic('أولًا، ثم ثانيًا')}; then"),
        ("why لماذا؟ why", f"why {arabic('لماذا؟')} why"),
        ("one واحد or اثنان two", f"one {arabic('واحد')} or {arabic('اثنان')} two"),
        ("see المادة 16, then", f"see {arabic(f'المادة {NUMBER}')}, then"),
        ("in سيداو, 16 women", f"in {arabic('سيداو')}, 16 women"),
        ("of 16 يوما here", f"of 16 {arabic('يوما')} here"),
        ("the ١٦ here", 'the <span dir="rtl">١٦</span> here'),
        ("a שלום b", 'a <span dir="rtl">שלום</span> b'),
        ("see المادة 16(1)(ب) من here", f"see {arabic(f'المادة {REFERENCE} من')} here"),
    ],
)
def test_arabic_in_english(source: str, expected: str) -> None:
    assert directed(f"<p>{source}</p>", "ltr") == f"<p>{expected}</p>"


def test_quotation_marks_between_arabic_words_are_arabic() -> None:
    assert runs("<p>of «مدافعات»، «شبكة» and</p>", "ltr") == ["«مدافعات»، «شبكة»"]
    assert runs("<p>of «مدافعات» and «شبكة» too</p>", "ltr") == ["مدافعات", "شبكة"]


def test_an_arabic_line_in_english_keeps_its_full_stop() -> None:
    assert runs("<p>هذه جملة (كاملة).</p>", "ltr") == ["هذه جملة (كاملة)."]
