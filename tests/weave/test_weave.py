"""The weave: same in, same out; only shapes; small; apart from one another; no seams."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import combinations, product

import pypdfium2
import pytest
from lxml import etree
from PIL import Image, ImageChops
from weasyprint import HTML

from weave import (
    INK,
    INKS,
    MOTIFS,
    PAPER,
    QUIET,
    TEXT_INKS,
    band,
    cloth,
    cover_art,
    inks,
    mark,
    opener,
    picture,
)
from weave.borders import BORDERS, RIBBON_PICKS, RIBBONS, Chart
from weave.cloth import Register, sett_of_issue, weave_cloth
from weave.draft import Draft
from weave.inks import contrast
from weave.motifs import BARE, COMPANION, VARIATIONS, Figure, box
from weave.motifs import INK as INKED

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {
    "svg": {"width", "height", "viewBox"},
    "path": {"fill", "d", "stroke", "stroke-width"},
}
A4_WITH_BLEED = (216, 303)
SERIES = [
    (1, "star", "indigo"),
    (2, "eye", "madder"),
    (3, "lozenge", "olive"),
    (4, "comb", "sea"),
    (5, "star", "saffron"),
]
COVER_LIMIT, PICTURE_LIMIT = 60_000, 15_000
LEAST_DIFFERENCE = 0.20  # of a cover's pixels, between any two of a series
SLUGS = [f"{name}-{number}" for name in ("equality", "prison", "the-comb") for number in range(20)]

Work = Callable[[], str]
WORKS: dict[str, Work] = {
    "cover": lambda: cover_art(1, "lozenge", "indigo", *A4_WITH_BLEED),
    "cover on paper": lambda: cover_art(7, "comb", "saffron", 148, 210, paper=True),
    "picture": lambda: picture("the-weave", "eye", "sea"),
    "opener": lambda: opener(2, 3, "madder", 66, 303),
    "band": lambda: band(2, "olive", 30),
    "mark": mark,
    "cloth": lambda: cloth(20, 20, 4, "star", "madder"),
}


@cache
def raster(svg: str, width: int = 360) -> Image.Image:
    """The SVG as WeasyPrint prints it, on tinted paper, so many pixels wide."""
    root = etree.fromstring(svg.encode())
    sheet = f"@page {{ size: {root.attrib['width']} {root.attrib['height']}; margin: 0 }}"
    look = f"body {{ margin: 0 }} html {{ background: {PAPER} }} svg {{ display: block }}"
    pdf = HTML(string=f"<style>{sheet} {look}</style>{svg}").write_pdf()
    page = pypdfium2.PdfDocument(pdf)[0]
    art = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
    return art.crop((0, 0, width, art.height))


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels in which two pictures differ visibly."""
    grey = ImageChops.difference(one, other).convert("L").histogram()
    return sum(grey[32:]) / sum(grey)


@pytest.mark.parametrize("work", WORKS.values(), ids=WORKS)
def test_the_same_call_gives_the_same_art(work: Work) -> None:
    assert work() == work()


@pytest.mark.parametrize("work", WORKS.values(), ids=WORKS)
def test_only_paths_with_presentation_attributes_and_no_text(work: Work) -> None:
    root = etree.fromstring(work().encode())
    for element in root.iter():
        name = str(element.tag).removeprefix(SVG)
        assert set(element.attrib) <= ALLOWED[name]
        assert not (element.text or element.tail)


@pytest.mark.parametrize("work", WORKS.values(), ids=WORKS)
def test_colours_are_of_the_palette_and_numbers_have_two_decimals(work: Work) -> None:
    svg = work()
    assert set(re.findall(r"#\w+", svg)) <= {*INKS.values(), PAPER}
    assert not re.search(r"\.\d{3}", svg)


@pytest.mark.parametrize("work", WORKS.values(), ids=WORKS)
def test_nothing_reaches_beyond_the_sheet(work: Work) -> None:
    root = etree.fromstring(work().encode())
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    starts = re.findall(r"M(-?[\d.]+) (-?[\d.]+)", work())
    assert all(0 <= float(x) <= width and 0 <= float(y) <= height for x, y in starts)


def test_a_size_is_given_in_millimetres() -> None:
    root = etree.fromstring(cover_art(1, "star", "sea", 148.5, 210).encode())
    assert (root.attrib["width"], root.attrib["height"]) == ("148.5mm", "210mm")


@pytest.mark.parametrize("motif", MOTIFS)
@pytest.mark.parametrize("ink", ["indigo", "saffron"])
def test_covers_are_small(motif: str, ink: str) -> None:
    covers = (cover_art(number, motif, ink, *A4_WITH_BLEED) for number in (*range(1, 8), 10, 23))
    assert max(map(len, covers)) < COVER_LIMIT


@pytest.mark.parametrize("motif", MOTIFS)
def test_pictures_are_small_and_one_for_each_slug(motif: str) -> None:
    pictures = [picture(slug, motif, "indigo") for slug in SLUGS]
    assert max(map(len, pictures)) < PICTURE_LIMIT
    assert len(set(pictures)) == len(SLUGS) == 60


@pytest.mark.parametrize("motif", MOTIFS)
def test_pictures_on_the_light_ink_are_small_too(motif: str) -> None:
    assert max(len(picture(slug, motif, "saffron")) for slug in SLUGS[:12]) < PICTURE_LIMIT


def test_the_quiet_zone_is_bare() -> None:
    for number, motif, ink in SERIES:
        cover = raster(cover_art(number, motif, ink, *A4_WITH_BLEED))
        zone = cover.crop((0, 0, cover.width, int(cover.height * QUIET)))
        assert zone.getcolors() == [(zone.width * zone.height, zone.getpixel((0, 0)))]


def test_the_cloth_runs_off_the_sheet_on_three_sides() -> None:
    """Rows of plain ink may reach the edge; a bare margin may not."""
    cover = raster(cover_art(1, "lozenge", "indigo", *A4_WITH_BLEED), 432)
    woven = cover.crop((0, cover.height // 2, cover.width, cover.height))
    edges = [
        woven.crop((0, 0, 1, woven.height)),
        woven.crop((woven.width - 1, 0, woven.width, woven.height)),
        woven.crop((0, woven.height - 2, woven.width, woven.height)),
    ]
    assert all(differing(edge, Image.new("RGB", edge.size, PAPER)) > 0.3 for edge in edges)


def test_covers_of_a_series_differ() -> None:
    covers = [raster(cover_art(*issue, *A4_WITH_BLEED)) for issue in SERIES]
    for one, other in combinations(covers, 2):
        assert differing(one, other) > LEAST_DIFFERENCE


def test_covers_of_a_series_differ_in_one_ink_and_one_motif_too() -> None:
    covers = [raster(cover_art(n, "lozenge", "indigo", *A4_WITH_BLEED)) for n in range(1, 6)]
    for one, other in combinations(covers, 2):
        assert differing(one, other) > LEAST_DIFFERENCE


def test_covers_share_the_companion_ink() -> None:
    for _, motif, ink in SERIES[:4]:
        assert INKS["saffron"] in cover_art(3, motif, ink, *A4_WITH_BLEED)


@pytest.mark.parametrize("number", range(1, len(RIBBONS) + 1))
@pytest.mark.parametrize("modules", [24, 31])
def test_a_band_joins_itself_end_to_end(number: int, modules: int) -> None:
    """Across the join of two strips the pattern reads on as it does anywhere else."""
    threads = modules * RIBBON_PICKS
    strip = raster(band(number, "indigo", modules), threads * 10)
    twice = Image.new("RGB", (2 * strip.width, strip.height))
    twice.paste(strip, (0, 0))
    twice.paste(strip, (strip.width, 0))
    # The middle of each thread, ink or paper: the changed repeat differs in ink alone.
    middles = twice.resize((2 * threads, RIBBON_PICKS), Image.Resampling.NEAREST)
    woven = middles.convert("L").point(lambda grey: 255 * (grey > 215)).convert("RGB")
    period = RIBBON_PICKS * (2 if modules % 2 == 0 else 1)
    join = woven.crop((threads - period, 0, threads + period, RIBBON_PICKS))
    elsewhere = woven.crop((threads - 4 * period, 0, threads - 2 * period, RIBBON_PICKS))
    assert len(join.getcolors() or []) == 2
    assert differing(join, elsewhere) == 0


def test_the_mark_is_drawn_on_whole_pixels_at_16() -> None:
    assert 'viewBox="0 0 16 16"' in mark()
    outlines = re.findall(r' d="([^"]+)"', mark())
    assert outlines and not any("." in outline for outline in outlines)


def test_the_mark_has_three_colours() -> None:
    favicon = raster(mark(), 256).resize((16, 16), Image.Resampling.NEAREST)
    seen = {colour for _, colour in favicon.getcolors() or []}
    assert seen == {_rgb(INKS["indigo"]), _rgb(INKS["saffron"]), _rgb(PAPER)}
    assert favicon.getpixel((0, 0)) == _rgb(INKS["indigo"])
    assert favicon.getpixel((8, 8)) == _rgb(INKS["saffron"])


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def test_text_inks_are_legible_on_paper() -> None:
    assert set(TEXT_INKS) == {"indigo", "madder", "olive", "sea"}
    assert all(contrast(INKS[name], PAPER) >= 4.5 for name in TEXT_INKS)
    assert contrast(INK, PAPER) >= 7
    assert contrast(INKS["saffron"], PAPER) < 4.5


def test_contrast_figures_stated_in_the_palette_are_true() -> None:
    stated = dict(re.findall(r"(ink|indigo|madder|olive|sea|Saffron) \(?([\d.]+)", inks.__doc__ or ""))
    colours = {"ink": INK, "Saffron": INKS["saffron"], **{name: INKS[name] for name in TEXT_INKS}}
    assert stated == {name: f"{contrast(hexa, PAPER):.2f}" for name, hexa in colours.items()}


def test_the_extremes_of_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


@pytest.mark.parametrize("ink", INKS)
def test_a_photocopy_keeps_the_pattern(ink: str) -> None:
    """In black and white alone there is still a fair balance of figure and ground."""
    grey = raster(picture("the-weave", "lozenge", ink)).convert("L")
    copied = grey.point(lambda value: 255 * (value > 128)).histogram()
    assert 0.15 < copied[0] / sum(copied) < 0.85


@pytest.mark.parametrize("ink", ["indigo", "saffron"])
@pytest.mark.parametrize("motif", MOTIFS)
def test_a_photocopy_keeps_the_one_change(motif: str, ink: str) -> None:
    """The changed motif differs from the others in shape, not in colour alone."""
    draft = Draft(144, 130)
    sett = sett_of_issue(3, motif, draft.warps, draft.picks)
    weave_cloth(draft, Register(0, draft.picks), sett, ink)
    black = COMPANION if ink == "saffron" else INKED

    def copied(column: int, row: int) -> list[bool]:
        left, top = column * sett.pitch, (draft.picks - sett.down * sett.drop) // 2 + row * sett.drop
        picks = draft.rows[top : top + sett.drop]
        return [tone == black for pick in picks for tone in pick[left : left + sett.pitch]]

    changes = {
        place: sum(a != b for a, b in zip(copied(0, 0), copied(*place), strict=True))
        for place in product(range(sett.across), range(sett.down))
    }
    least = 0.05 * sett.pitch * sett.drop
    assert [place for place, change in changes.items() if change > least] == [sett.changed]
    assert sum(changes.values()) == changes[sett.changed]


@pytest.mark.parametrize("name", MOTIFS)
@pytest.mark.parametrize("variation", range(VARIATIONS))
@pytest.mark.parametrize("size", [(3, 3), (8, 6), (16, 16), (32, 24)])
def test_a_motif_mirrors_left_to_right(name: str, variation: int, size: tuple[int, int]) -> None:
    draft = Draft(size[0] * 4, size[1] * 4)
    draft.lay(MOTIFS[name](*size, variation), draft.warps / 2, draft.picks / 2)
    assert any(any(row) or BARE in row for row in draft.rows)
    for row in draft.rows:
        assert row == row[::-1]


@pytest.mark.parametrize("name", MOTIFS)
def test_a_variation_shows(name: str) -> None:
    woven = set()
    for variation in range(5):
        draft = Draft(48, 48)
        draft.stripe(0, 48, INKED)
        draft.lay(MOTIFS[name](12, 12, variation), 24, 24)
        woven.add(b"".join(draft.rows))
    assert len(woven) >= 3


@pytest.mark.parametrize("chart", BORDERS + RIBBONS)
def test_a_chart_is_even_and_mirrors(chart: Chart) -> None:
    assert len({len(line) for line in chart}) == 1
    assert set("".join(chart)) <= set("#.")
    turned = {
        tuple((line * 2)[shift : shift + len(line)] for line in chart) for shift in range(len(chart[0]))
    }
    assert tuple(line[::-1] for line in chart) in turned


def test_ribbons_are_of_one_height() -> None:
    assert {len(chart) for chart in RIBBONS} == {RIBBON_PICKS}
    assert all(len(chart[0]) in (RIBBON_PICKS, 2 * RIBBON_PICKS) for chart in RIBBONS)


def test_outlines_are_merged() -> None:
    """Two blocks side by side come out as one loop; a hole is a second loop."""
    draft = Draft(8, 8)
    draft.block(1, 1, 4, 7, INKED)
    draft.block(4, 1, 7, 7, INKED)
    assert len(list(draft.outlines(INKED))) == 1
    draft.lay([Figure(BARE, box(0, 0, 0.5, 0.5))], 4, 4)
    assert len(list(draft.outlines(INKED))) == 2


def test_outlines_give_back_the_draft() -> None:
    """The area inside the loops is the number of crossings, holes taken off."""
    draft = Draft(64, 64)
    draft.lay(MOTIFS["star"](15, 15, 2), 32, 32)
    draft.exchange(BARE, COMPANION)
    draft.lay(MOTIFS["eye"](9, 8, 1), 32, 32)
    for tone in (INKED, COMPANION):
        loops = draft.outlines(tone)
        area = sum(_area(loop) for loop in loops)
        assert area == sum(row.count(tone) for row in draft.rows)


def _area(loop: list[tuple[int, int]]) -> float:
    following = loop[1:] + loop[:1]
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(loop, following, strict=True)) / 2


@pytest.mark.parametrize(
    ("call", "hint"),
    [
        (lambda: picture("x", "fish", "sea"), "lozenge, star, comb, eye"),
        (lambda: picture("x", "eye", "puce"), "indigo, madder, saffron, olive, sea"),
    ],
)
def test_an_unknown_name_lists_the_known_ones(call: Work, hint: str) -> None:
    with pytest.raises(ValueError, match=hint):
        call()


# --- The bleed ----------------------------------------------------------------------------------

STEPS = re.compile(r"([Mhv])(-?[\d.]+)(?: (-?[\d.]+))?")


def reach(svg: str) -> tuple[float, float, float, float]:
    """How far the paths go: left, top, right, bottom, in millimetres."""
    root = etree.fromstring(svg.encode())
    threads = float(root.get("viewBox").split()[2]) / float(root.get("width").removesuffix("mm"))
    across, down = [], []
    for path in root.iter(f"{SVG}path"):
        x = y = 0.0
        for step, one, other in STEPS.findall(path.get("d")):
            x, y = {"M": (float(one), float(other or 0)), "h": (x + float(one), y), "v": (x, y + float(one))}[
                step
            ]
            across.append(x / threads)
            down.append(y / threads)
    return tuple(round(value, 1) for value in (min(across), min(down), max(across), max(down)))


def test_a_cloth_ends_at_its_edges_or_runs_over_those_named() -> None:
    assert reach(opener(1, 0, "indigo", 210, 178)) == (0, 0, 210, 178)
    assert reach(opener(1, 0, "indigo", 210, 178, bleeds=("left", "right", "bottom"))) == (
        -4.5,
        0,
        214.5,
        182.5,
    )
    assert reach(opener(1, 0, "indigo", 210, 178, bleeds=("top", "left"), shown_mm=24)) == (
        -4.5,
        -4.5,
        210,
        24,
    )
    left, _, right, bottom = reach(
        cover_art(2, "eye", "madder", 210, 297, bleeds=("left", "right", "bottom"))
    )
    assert (left, right, bottom) == (-4.5, 214.5, 301.5)


def test_what_a_cut_leaves_out_leaves_no_line() -> None:
    head = opener(1, 0, "indigo", 148, 126, shown_mm=11.9)
    for path in etree.fromstring(head.encode()).iter(f"{SVG}path"):
        for loop in path.get("d").split("z")[:-1]:
            steps = {step for step, *_ in STEPS.findall(loop)}
            assert steps == {"M", "h", "v"}, loop


def test_the_bleed_changes_nothing_inside_the_edges() -> None:
    over = ("top", "right", "bottom", "left")
    plain, bled = (raster(opener(1, 0, "indigo", 210, 180, bleeds=edges), 420) for edges in ((), over))
    assert ImageChops.difference(plain, bled).getbbox() is None
