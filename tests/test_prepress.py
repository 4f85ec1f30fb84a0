"""What the print shop gets: ink in its boxes, sheets that fold into the right order, one folder, sound or rejected."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from pelican.settings import read_settings
from PIL import Image, ImageFilter
from tiny import ISSUE, KIT, ROOT, Tiny, add_kit, tiny

from magazine.errors import MagazineError
from magazine.manifest import PRESS_KEYS
from prepress.booklet import gather, stitch
from prepress.condition import Condition
from prepress.desk import REJECTED, Pressed, press_issue
from prepress.files import PARTS
from prepress.separation import SeparationError, separate
from prepress.standard import MARGIN_MM, POINTS, frame

TRIM = (595.28, 841.89)
PROFILE = ROOT / "theme/press/profiles/FOGRA39L_coated.icc"
OFFSET = Condition("FOGRA39", PROFILE, "FOGRA39", "coated", 330, "CMYK")
COPIED = Condition("K", PROFILE, "FOGRA39", "black", 100, "K")


def press(house: Tiny, name: str, dist: str = "dist") -> Pressed:
    return press_issue(read_settings(str(house.here / "tinyconf.py")), name, "", house.here / dist)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    return add_kit(tiny(tmp_path_factory.mktemp("press")))


@pytest.fixture(scope="module")
def issue(house: Tiny) -> Pressed:
    return press(house, "1")


@pytest.fixture(scope="module")
def folder(house: Tiny, issue: Pressed) -> Path:
    assert issue.sound, issue.said
    return house.here / "dist" / "1"


# --- The folder ---------------------------------------------------------------------------------


def test_the_folder_holds_all_that_a_printer_asks_for(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    printed = {"ar-print", "en-print", "ar-booklet", "en-booklet", "two-front-print"}
    assert {f"defender-1-{name}.pdf" for name in printed} <= names
    assert {"preflight.html", "preflight.json", "job-ticket.pdf"} <= names
    assert {"SHA256SUMS", "defender-1-press.zip", "defender-1-ar.pdf"} <= names
    told = json.loads((folder / "preflight.json").read_text("utf-8"))
    assert {row["file"] for row in told["files"]} == {f"defender-1-{name}.pdf" for name in printed}
    assert not [name for name in names if "REJECTED" in name]


def test_the_sums_are_those_of_the_files_in_the_zip(folder: Path) -> None:
    with zipfile.ZipFile(folder / "defender-1-press.zip") as bundle:
        assert bundle.testzip() is None
        rows = bundle.read("SHA256SUMS").decode().splitlines()
        assert {row.split("  ")[1] for row in rows} == set(bundle.namelist()) - {"SHA256SUMS"}
        for total, name in (row.split("  ") for row in rows):
            assert sha256(bundle.read(name)).hexdigest() == total, name


def test_two_builds_are_the_same_bytes(house: Tiny, folder: Path) -> None:
    shutil.rmtree(house.here / ".cache")
    press(house, "1", "again")
    again = house.here / "again" / "1"
    assert {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()} == {
        path.name: sha256(path.read_bytes()).hexdigest() for path in again.iterdir()
    }


def test_what_the_preflight_rejects_is_not_called_print(tmp_path: Path) -> None:
    """A theme whose condition takes less ink than its own cloths: nothing for the printer, and the reasons."""
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    table = tmp_path / "theme/press/profiles/profiles.toml"
    table.write_text(table.read_text("utf-8").replace("ink_limit = 330", "ink_limit = 120"), "utf-8")
    house = tiny(tmp_path, f"THEME = {str(tmp_path / 'theme')!r}\n")
    made = press(house, "1")
    names = {path.name for path in (tmp_path / "dist/1").iterdir()}
    assert not made.sound
    assert "X070" in made.said
    assert "defender-1-ar-print-REJECTED.pdf" in names
    assert not names & {"defender-1-ar-print.pdf", "defender-1-press.zip", "SHA256SUMS"}
    assert "job-ticket.pdf" not in names, "nothing goes to the printer"
    told = json.loads((tmp_path / "dist/1/preflight.json").read_text("utf-8"))
    rejected = {row["file"] for row in told["files"] if row["errors"]}
    assert "defender-1-ar-print-REJECTED.pdf" in rejected
    assert rejected <= names, "each report names the file that lies there"
    assert "X070" in {fault["code"] for fault in told["files"][0]["faults"]}


@pytest.mark.parametrize("name", ["9", "..", "."])
def test_what_is_no_edition_is_refused_before_anything_goes(house: Tiny, name: str) -> None:
    kept = house.write("kept.txt", "of the editor")
    (house.here / "dist").mkdir(exist_ok=True)
    with pytest.raises(MagazineError, match="there is no edition"):
        press(house, name)
    assert kept.exists()


def test_a_folder_is_made_anew(house: Tiny, folder: Path) -> None:
    (folder / "defender-1-ar-print-REJECTED.pdf").write_bytes(b"of yesterday")
    (folder / "notes").mkdir()
    assert press(house, "1").sound
    assert not (folder / "defender-1-ar-print-REJECTED.pdf").exists()
    assert (folder / "notes").is_dir(), "what was not made here stays"
    (folder / "notes").rmdir()


def test_a_kit_is_printed_in_black_alone(house: Tiny) -> None:
    made = press(house, "pupils")
    assert made.sound, made.said
    for lang in ("ar", "en"):
        for part in ("print", "booklet"):
            path = house.here / "dist/pupils" / f"defender-kit-pupils-{lang}-{part}.pdf"
            cover = subprocess.run(
                ["gs", "-q", "-o", "-", "-sDEVICE=ink_cov", str(path)],
                capture_output=True,
                text=True,
                check=True,
            )
            inks = [list(map(float, row.split()[:4])) for row in cover.stdout.splitlines() if "CMYK" in row]
            assert inks
            assert all(black > 0 for *_, black in inks)
            slugged = 0.5  # hundredths of the sheet: marks and slug lines stand on every plate
            assert all(max(colours) < slugged for *colours, _ in inks), inks


# --- The pages ----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_boxes_are_exact(folder: Path, lang: str) -> None:
    with pikepdf.open(folder / f"defender-1-{lang}-print.pdf") as document:
        for page in document.pages:
            media, bleed, trim = (
                [float(x) for x in page.obj[key]] for key in ("/MediaBox", "/BleedBox", "/TrimBox")
            )
            assert media[:2] == [0, 0]
            assert [trim[2] - trim[0], trim[3] - trim[1]] == pytest.approx(TRIM, abs=0.01)
            for box, away in ((bleed, 3), (media, 12)):
                off = [abs(one - other) for one, other in zip(box, trim, strict=True)]
                assert off == pytest.approx([away * POINTS] * 4, abs=0.01)
        assert document.Root.ViewerPreferences.Direction == {"ar": "/R2L", "en": "/L2R"}[lang]
        assert {"/Outlines", "/Names", "/StructTreeRoot"}.isdisjoint(document.Root.keys())


def spaced(text: str) -> str:
    """With plain spaces."""
    return text.replace("\u00a0", " ")


def test_slug_lines_name_the_job_and_the_page(folder: Path) -> None:
    with pypdfium2.PdfDocument(folder / "defender-1-en-print.pdf") as document:
        for at, page in enumerate(document, 1):
            foot = page.get_textpage().get_text_bounded(0, 0, page.get_width(), (MARGIN_MM - 3) * POINTS)
            said = spaced(foot)
            assert "A small issue" in said
            assert f"Page {at} of {len(document)}" in said
            assert "FOGRA39" in said


@pytest.mark.parametrize(
    ("name", "words"), [("en-print", "Page 2 of"), ("en-booklet", "Sheet 1 of"), ("ar-booklet", "الفرخ 1 من")]
)
def test_slug_lines_have_room(folder: Path, name: str, words: str) -> None:
    """No letter is cut off at the end of its line, which ends before the register mark."""
    with pypdfium2.PdfDocument(folder / f"defender-1-{name}.pdf") as document:
        page = document[1]
        across = page.get_width() / POINTS - 2 * MARGIN_MM
        text = page.get_textpage()
        foot = text.get_text_bounded(0, 0, page.get_width(), (MARGIN_MM - 3) * POINTS)
        assert words in spaced(foot)
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
        slug = [box for box in boxes if box[3] < (MARGIN_MM - 3) * POINTS]
        assert min(box[0] for box in slug) >= (MARGIN_MM + 4) * POINTS - 0.1
        assert max(box[2] for box in slug) <= (MARGIN_MM + 0.75 * across - 2.5) * POINTS


def test_the_marks_stand_outside_the_bleed(folder: Path) -> None:
    """Where there is no cloth, the bleed is bare: on a page of text, and the slug beside it is not."""
    with pypdfium2.PdfDocument(folder / "defender-1-en-print.pdf") as document:
        scale, bare = 4 * POINTS, 0
        for page in document:
            picture = page.render(scale=4).to_pil().convert("L")
            strip = picture.crop((int(9.2 * scale), 0, int(11.8 * scale), picture.height))
            slug = picture.crop((int(3 * scale), 0, int(8 * scale), picture.height))
            assert slug.getextrema()[0] < 128, "the cut marks"
            bare += strip.getextrema() == (255, 255)
        assert bare > 3, "all but cover, cloths and fringes"


def page_with(content: bytes, resources: pikepdf.Dictionary | None = None) -> pikepdf.Pdf:
    document = pikepdf.new()
    page = document.add_blank_page(page_size=TRIM)
    page.trimbox = page.mediabox
    page.obj.Resources = resources or pikepdf.Dictionary()
    page.contents_add(content)
    return document


def separated(content: bytes, inks: Condition = OFFSET) -> str:
    document = page_with(content)
    separate(document, inks)
    return document.pages[0].Contents.read_bytes().decode()


COLOURS = (
    (b"0 0 0 rg 0 0 9 9 re f", "0 0 0 1 k", OFFSET, "black is black"),
    (b"1 1 1 rg 0 0 9 9 re f", "0 0 0 0 k", OFFSET, "white is no ink"),
    (b".5 .5 .5 RG 0 0 m 9 9 l S", "0 0 0 0.5 K", OFFSET, "grey is a tint of black"),
    (
        b"0.121569 0.176471 0.360784 rg 0 0 9 9 re f",
        "1 0.85 0 0.5 k",
        OFFSET,
        "the house's indigo as it is mixed",
    ),
    (b"1 0 0 rg 0 0 9 9 re f", "0 0 0 0.5016 k", COPIED, "red on a photocopy is as dark as it looks"),
    (b"0.121569 0.176471 0.360784 rg 0 0 9 9 re f", "0 0 0 1 k", COPIED, "what type is set in is solid"),
)


@pytest.mark.parametrize(("content", "wanted", "inks", "why"), COLOURS, ids=[case[3] for case in COLOURS])
def test_colours_become_ink(content: bytes, wanted: str, inks: Condition, why: str) -> None:
    said = separated(content, inks)
    assert wanted in said, why
    assert not re.search(r"\b(rg|RG)\b", said)


def test_another_colour_goes_through_the_profile_within_its_limit() -> None:
    for red in range(0, 256, 51):
        for green in range(0, 256, 51):
            for blue in range(0, 256, 51):
                plates = OFFSET.separate(red / 255, green / 255, blue / 255)
                assert sum(plates) <= OFFSET.ink_limit / 100, (red, green, blue)
    cyan, magenta, yellow, black = OFFSET.separate(0, 0.6, 0.3)
    assert cyan > 0.6
    assert yellow > magenta
    assert black < 0.5


def test_black_type_alone_overprints() -> None:
    text = b"BT /F 9 Tf 0 0 Td (x) Tj ET"
    said = separated(b"0 0 0 rg " + text + b" 1 0 0 rg " + text + b" 0 0 0 rg 0 0 9 9 re f " + text)
    asked = re.findall(r"/(Over|Knock) gs|(Tj|re)\b", said)
    assert ["".join(pair) for pair in asked] == ["Over", "Tj", "Knock", "Tj", "re", "Over", "Tj"]


@pytest.mark.parametrize(
    "content", [b"/S sh", b"/p0 sh", b"/P cs 1 scn", b"/DeviceRGB cs 1 0 0 scn", b"0 1 0 0 k 0 0 9 9 re f"]
)
def test_a_colour_that_nobody_separated_is_refused(content: bytes) -> None:
    with pytest.raises(SeparationError):
        separated(content)


def test_a_picture_is_printed_in_ink() -> None:
    document = page_with(b"q 90 0 0 90 0 0 cm /Im Do Q")
    stream = pikepdf.Stream(document, bytes((200, 30, 30)) * 64)
    for key, value in {
        "/Type": pikepdf.Name.XObject,
        "/Subtype": pikepdf.Name.Image,
        "/Width": 8,
        "/Height": 8,
        "/ColorSpace": pikepdf.Name.DeviceRGB,
        "/BitsPerComponent": 8,
    }.items():
        stream[key] = value
    document.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=stream))
    separate(document, OFFSET)
    picture = document.pages[0].Resources.XObject.Im
    assert picture.ColorSpace == "/DeviceCMYK"
    out = BytesIO()
    document.save(out)
    shown = (
        pypdfium2.PdfDocument(out.getvalue())[0].render(scale=1).to_pil().convert("RGB").getpixel((45, 800))
    )
    assert shown[0] > 120 > shown[1], "still red: the inks are not inverted"


# --- The sheets ---------------------------------------------------------------------------------


def numbered(pages: int) -> bytes:
    """Framed pages, each of a grey of its own, to its bleed; a mark on the axis tells creep."""
    with pikepdf.new() as document:
        for number in range(pages):
            page = document.add_blank_page(page_size=TRIM)
            page.trimbox = page.mediabox
            shade = grey(number, pages)
            page.contents_add(f"{shade} g -9 -9 620 870 re f 0 g 297 0 1 842 re f".encode())
        frame(document)
        out = BytesIO()
        document.save(out)
        return out.getvalue()


def grey(number: int, pages: int) -> float:
    return round(0.2 + 0.75 * number / pages, 4)


def read_sides(sheets: bytes, pages: int) -> Iterator[tuple[int, int]]:
    """The page on each half of each side, from the picture of it."""
    with pypdfium2.PdfDocument(sheets) as document:
        for side in document:
            picture = side.render(scale=0.5).to_pil().convert("L")
            halves = (picture.getpixel((picture.width * part // 8, picture.height // 2)) for part in (3, 6))
            yield tuple(round((shade / 255 - 0.2) / 0.75 * pages) for shade in halves)  # type: ignore[misc]


def folded(sides: list[tuple[int, int]], right_bound: bool) -> list[int]:
    """The pages in the order of reading, after folding each sheet and laying it into the one before.

    A sheet is turned over its short edge: what is behind a page is on the same half, seen from behind.
    """
    front_half, back_half = [], []
    for outer, inner in zip(sides[::2], sides[1::2], strict=True):
        (ol, or_), (il, ir) = outer, inner
        if right_bound:  # the front of the booklet is the left half of the outer side
            front_half += [ol, ir]
            back_half = [il, or_, *back_half]
        else:
            front_half += [or_, il]
            back_half = [ir, ol, *back_half]
    return front_half + back_half


@pytest.mark.parametrize("right_bound", [True, False])
@pytest.mark.parametrize("pages", [4, 8, 32])
def test_folded_sheets_read_in_order(pages: int, right_bound: bool) -> None:
    sides = list(read_sides(stitch(numbered(pages), right_bound, 0.1), pages))
    assert len(sides) == pages // 2
    assert folded(sides, right_bound) == list(range(pages))
    if pages > 4:
        assert folded(sides, not right_bound) != list(range(pages)), "the binding side matters"


def test_inner_sheets_creep_to_the_fold() -> None:
    """By the paper's thickness a sheet: half a millimetre each, here."""
    axes = []
    with pypdfium2.PdfDocument(stitch(numbered(16), False, 0.5)) as document:
        for side in document:
            picture = side.render(scale=4).to_pil().convert("L")
            row = [picture.getpixel((x, picture.height // 2)) for x in range(picture.width)]
            dark = [x / 4 / POINTS for x, shade in enumerate(row) if shade < 20]
            fold = picture.width / 8 / POINTS
            axes.append((fold - dark[0], dark[-1] - fold))
    assert axes[0] == pytest.approx((105, 105), abs=0.4)
    for at, (left, right) in enumerate(axes):
        moved = at // 2 * 0.5
        assert axes[0][0] - left == pytest.approx(moved, abs=0.1)
        assert axes[0][1] - right == pytest.approx(moved, abs=0.1)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_issues_booklet_is_its_pages_folded(folder: Path, lang: str) -> None:
    """Read from pictures: on each half of each side the page that folding brings there, upright, in its place."""
    paper, margin, (width, height) = 0.1, MARGIN_MM * POINTS, TRIM
    pages = pictures(folder / f"defender-1-{lang}-print.pdf")
    sides: list[tuple[int, int]] = []
    with pypdfium2.PdfDocument(folder / f"defender-1-{lang}-booklet.pdf") as document:
        for at, side in enumerate(document):
            creep = at // 2 * paper * POINTS
            lefts = (margin + creep, margin + width - creep)
            sides.append(tuple(closest(seen(side, (left, margin, width, height)), pages) for left in lefts))  # type: ignore[arg-type]
    assert folded(sides, lang == "ar") == list(range(len(pages)))


def pictures(pdf: Path) -> list[Image.Image]:
    """The pages of a print PDF as cut."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [seen(page, (MARGIN_MM * POINTS, MARGIN_MM * POINTS, *TRIM)) for page in document]


def seen(page: pypdfium2.PdfPage, window: tuple[float, float, float, float]) -> Image.Image:
    """What a window of a page shows, from its lower left corner, a pixel to the point, a little blurred."""
    left, bottom, width, height = window
    around = (left, bottom, page.get_width() - left - width, page.get_height() - bottom - height)
    shown = page.render(scale=1, crop=around).to_pil().convert("L").resize((round(width), round(height)))
    return shown.filter(ImageFilter.BoxBlur(2))


def closest(picture: Image.Image, pages: list[Image.Image]) -> int:
    """The page that a picture is; turned upside down it is like none as much."""
    far = [unlike(picture, page) for page in pages]
    at = int(np.argmin(far))
    assert far[at] < 4, "no page is here"
    assert far[at] < unlike(picture.rotate(180), pages[at])
    return at


def unlike(one: Image.Image, other: Image.Image) -> float:
    return float(np.abs(np.asarray(one, dtype=float) - np.asarray(other, dtype=float)).mean())


def test_an_issue_is_padded_with_cloths_to_whole_sheets(folder: Path) -> None:
    """The pages that nobody wrote, before the back cover, have no word and are full of ink."""
    with pypdfium2.PdfDocument(folder / "defender-1-en-print.pdf") as document:
        assert len(document) % 4 == 0
        *_, spare, _back = document
        trim = (MARGIN_MM * POINTS, MARGIN_MM * POINTS, *TRIM)
        assert (np.asarray(seen(spare, trim)) < 128).mean() > 0.25
        inside = spare.get_textpage().get_text_bounded(0, MARGIN_MM * POINTS, spare.get_width(), 999)
        assert not inside.strip()


def test_pages_that_fill_no_sheet_are_refused() -> None:
    with pytest.raises(ValueError, match="6 pages"):
        stitch(numbered(6), True, 0.1)


def test_a_volume_with_two_fronts_is_read_from_both_sides() -> None:
    volume = gather(numbered(4), numbered(8))
    with pypdfium2.PdfDocument(volume) as document:
        shades = [page.render(scale=0.2).to_pil().convert("L").getpixel((90, 90)) for page in document]
        labels = [document.get_page_label(at) for at in range(len(document))]
    wanted = [grey(at, 4) for at in range(4)] + [grey(at, 8) for at in reversed(range(8))]
    assert [shade / 255 for shade in shades] == pytest.approx(wanted, abs=0.01)
    assert labels == ["1", "2", "3", "4", *(f"en-{at}" for at in range(8, 0, -1))]


# --- The settings -------------------------------------------------------------------------------

MISTAKES = (
    ('bindng = "saddle"', "I003", "binding"),
    ('binding = "glue"', "I010", "saddle, perfect"),
    ("paper_mm = 5", "I004", "0.03–1.0 mm"),
    ("cover_mm = 0", "I004", "cover_mm = 0.25"),
    ('marks = "yes"', "I004", "marks = true"),
    ('profile = "FOGRA99"', "I010", "FOGRA39"),
)


@pytest.mark.parametrize(("line", "code", "said"), MISTAKES, ids=[case[0] for case in MISTAKES])
def test_a_mistake_in_the_press_settings_is_found(tmp_path: Path, line: str, code: str, said: str) -> None:
    house = tiny(tmp_path)
    house.write("issues/1/issue.toml", f"{ISSUE}\n[press]\n{line}\n")
    run = house.pelican(LANG="en_GB.UTF-8", LC_ALL="en_GB.UTF-8")
    assert run.status != 0
    row = len(ISSUE.splitlines()) + 3
    assert f"issues/1/issue.toml:{row}: {code}" in run.said, run.said
    assert said in run.said


def test_the_guides_to_printing_know_every_key_and_file() -> None:
    english, arabic = ((ROOT / f"docs/printing.{form}").read_text("utf-8") for form in ("md", "ar.md"))
    for guide in (english, arabic):
        for name in (*PRESS_KEYS, *PARTS, "job-ticket.pdf", "preflight.html", "SHA256SUMS", REJECTED):
            assert name in guide, name
    assert [len(re.findall(r"^\||^#|^\*\*", guide, re.M)) for guide in (english, arabic)] == [14, 14]


# --- Bound, with a cover ------------------------------------------------------------------------

BOUND = f"""{ISSUE}
[press]
profile = "ours.icc"
binding = "perfect"
"""


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a perfect-bound issue on board so thick that its spine has words."""
    house = tiny(tmp_path_factory.mktemp("bound"))
    shutil.copyfile(PROFILE, house.here / "issues/1/ours.icc")
    house.write("issues/1/issue.toml", f"{BOUND}paper_mm = 0.8\ncover_mm = 1.0\n")
    made = press(house, "1")
    assert made.sound, made.said
    folder = house.here / "dist/1"
    house.write("issues/1/issue.toml", BOUND)
    assert press(house, "1", "thin").sound
    return folder


def test_a_profile_beside_the_manifest_can_be_named(bound: Path) -> None:
    with pikepdf.open(bound / "defender-1-en-print.pdf") as document:
        assert str(document.Root.OutputIntents[0].OutputConditionIdentifier) == "Custom"


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_bound_volumes_pages_are_those_within_its_cover(bound: Path, lang: str) -> None:
    assert not list(bound.glob("*booklet*")), "a bound book is not stitched"
    whole = len(pypdfium2.PdfDocument(bound / f"defender-1-{lang}.pdf"))
    with pypdfium2.PdfDocument(bound / f"defender-1-{lang}-print.pdf") as document:
        assert len(document) == whole - 4
        assert [document.get_page_label(at) for at in (0, whole - 5)] == ["3", f"{whole - 2}"]
        slug = document[0].get_textpage().get_text_bounded(0, 0, document[0].get_width(), 25)
    assert {"ar": "ملزمة 1 · الصفحة 3 من", "en": "Signature 1 · Page 3 of"}[lang] in spaced(slug)


def halves(cover: Path, side: int, spine: float) -> list[Image.Image]:
    with pypdfium2.PdfDocument(cover) as document:
        margin, (width, height) = MARGIN_MM * POINTS, TRIM
        lefts = (margin, margin + width + spine * POINTS)
        return [seen(document[side], (left, margin, width, height)) for left in lefts]


def spine_of(cover: Path) -> float:
    """The spine's width by the sheet's trim, in millimetres."""
    with pikepdf.open(cover) as document:
        left, _, right, _ = map(float, document.pages[0].trimbox.as_list())
        assert len(document.pages) == 2
        return (right - left - 2 * TRIM[0]) / POINTS


def cut(pdf: Path, *numbers: int) -> list[Image.Image]:
    """Pages of a reader's PDF, as the tests compare them."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [seen(document[number % len(document)], (0, 0, *TRIM)) for number in numbers]


def likest(picture: Image.Image, pages: list[Image.Image]) -> int:
    """The page that a picture is by far most like; inks are as dark as each other."""
    far = [unlike(evened(picture), evened(page)) for page in pages]
    best, second = sorted(far)[:2]
    assert 2 * best < second, far
    return far.index(best)


def evened(picture: Image.Image) -> Image.Image:
    """A proof's inks and a screen's are not the same; small type, blurred, is lighter than both."""
    return picture.point(lambda shade: max(shade, 130))


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_cover_is_wrapped_from_the_binding_side(bound: Path, lang: str) -> None:
    pages = len(pypdfium2.PdfDocument(bound / f"defender-1-{lang}.pdf"))
    cover = bound / f"defender-1-{lang}-cover.pdf"
    spine = spine_of(cover)
    assert spine == pytest.approx((pages - 4) / 2 * 0.8 + 2 * 1.0, abs=0.01)
    front, within, before, back = cut(bound / f"defender-1-{lang}.pdf", 0, 1, -2, -1)
    found = [
        likest(half, [front, within, before, back]) for side in (0, 1) for half in halves(cover, side, spine)
    ]
    assert found == {"ar": [0, 3, 2, 1], "en": [3, 0, 1, 2]}[lang], "front, within, before, back"


def test_two_fronts_have_a_cover_of_their_own(bound: Path) -> None:
    cover = bound / "defender-1-two-front-cover.pdf"
    spine = spine_of(cover)
    (arabic, arabic_within), (english, english_within) = (
        cut(bound / f"defender-1-{lang}.pdf", 0, 1) for lang in ("ar", "en")
    )
    pages = [arabic, arabic_within, english, english_within]
    found = [likest(half, pages) for side in (0, 1) for half in halves(cover, side, spine)]
    assert found == [0, 2, 3, 1], "the Arabic front on the left, and behind it its own inside"
    with pypdfium2.PdfDocument(bound / "defender-1-two-front-print.pdf") as volume:
        assert spine == pytest.approx(len(volume) / 2 * 0.8 + 2, abs=0.01)
        assert volume.get_page_label(0) == "3"
        assert volume.get_page_label(len(volume) - 1) == "en-3"


@pytest.mark.parametrize(("lang", "first", "last"), [("ar", "ف", "ت"), ("en", "D", "f")])
def test_the_spine_is_read_from_its_head(bound: Path, lang: str, first: str, last: str) -> None:
    """Of the name: مدافعات and Defender."""
    with pypdfium2.PdfDocument(bound / f"defender-1-{lang}-cover.pdf") as document:
        text = document[0].get_textpage()
        middle = document[0].get_width() / 2
        on_spine = {}
        for at in range(text.count_chars()):
            left, bottom, right, _ = text.get_charbox(at)
            if abs((left + right) / 2 - middle) < 2 * POINTS and bottom > 60:
                on_spine.setdefault(text.get_text_range(at, 1), bottom)
    assert on_spine[first] > on_spine[last], on_spine


def test_a_narrow_spine_has_ink_and_no_words(bound: Path) -> None:
    cover = bound.parents[1] / "thin/1/defender-1-en-cover.pdf"
    spine = spine_of(cover)
    assert spine < 5
    with pypdfium2.PdfDocument(cover) as document:
        middle = document[0].get_width() / 2
        window = (middle - spine / 2 * POINTS, MARGIN_MM * POINTS, spine * POINTS, TRIM[1])
        strips = [np.asarray(seen(side, window)) for side in document]
        text = document[0].get_textpage().get_text_bounded(window[0], 60, window[0] + window[2], 999)
    assert not text.strip()
    assert strips[0].max() < 140, "ink from head to foot"
    assert strips[1].min() > 250, "inside it is bare for the glue"


def test_folds_are_marked_on_both_sides_of_the_spine(bound: Path) -> None:
    cover = bound / "defender-1-ar-cover.pdf"
    with pypdfium2.PdfDocument(cover) as document:
        picture = np.asarray(document[0].render(scale=4).to_pil().convert("L"))
    head = picture[int(3.5 * POINTS * 4) : int(7.5 * POINTS * 4)].min(axis=0)
    for place in (0, spine_of(cover)):
        x = int(((MARGIN_MM + place) * POINTS + TRIM[0]) * 4)
        assert head[x - 3 : x + 4].min() < 128
        assert head[x - 12 : x - 6].min() > 200


# --- The job ticket -----------------------------------------------------------------------------


def test_the_ticket_tells_the_job_in_both_languages(folder: Path) -> None:
    arabic, english = said(folder / "job-ticket.pdf").split("\f")[:2]
    for words in ("بطاقة الطباعة", "عدد تجريبي", "التجليد على اليمين", "FOGRA39", "330%"):
        assert words in arabic, arabic
    for words in (
        "Job ticket",
        "Specimen issue",
        "bound on the left",
        "Saddle stitch",
        "330%",
        "3 mm on each side",
    ):
        assert words in english, english
    assert re.search(r"^Quantity( {2,}Date of delivery)?$", english, re.M), "a line for a pen"
    fonts = subprocess.run(
        ["pdffonts", str(folder / "job-ticket.pdf")], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert fonts
    assert all(re.search(r" yes (yes|no) +yes ", row) for row in fonts), "embedded, with their text"


def said(pdf: Path) -> str:
    """The text of a file, laid out; without marks of direction."""
    run = ["pdftotext", "-layout", str(pdf), "-"]
    text = subprocess.run(run, capture_output=True, encoding="utf-8", check=True, env=os.environ).stdout
    return re.sub("[\u200e\u200f\u061c\u202a-\u202e]", "", spaced(text))


def test_the_ticket_shows_the_pages_as_they_are_read(folder: Path) -> None:
    with pypdfium2.PdfDocument(folder / "job-ticket.pdf") as ticket:
        for page, lang in zip(ticket, ("ar", "en"), strict=True):
            shown = [one.get_bounds() for one in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]
            assert len(shown) == len(pypdfium2.PdfDocument(folder / f"defender-1-{lang}-print.pdf"))
            second, third = shown[1][0], shown[2][0]
            assert (second > third) == (lang == "ar"), "page 2 is the right one, or the left"


# --- Black alone --------------------------------------------------------------------------------

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
    '<path fill="{one}" d="M0 0h20v20H0z"/><path fill="{other}" d="M20 0h20v20H20z"/></svg>'
)
SERIES = """/// chart | Four
| Part | Alpha | Bravo | Charlie | Delta |
|---|---|---|---|---|
| One | 6 | 5 | 4 | 3 |
| Two | 3 | 6 | 6 | 5 |
///
"""


def copied(house: Tiny, one: str, other: str, ink: str = "indigo") -> Pressed:
    """A kit with a drawing in two colours and a chart of four series, in English."""
    house.write("content/awareness/images/d.svg", DRAWING.format(one=one, other=other))
    figure = "/// figure | Drawn here\n![Two squares](images/d.svg)\n\nTwo.\n///\n"
    house.piece(
        "content/awareness/lesson.en.md", "A lesson", f"Text.\n\n{figure}\n{SERIES}", "track: schools\n"
    )
    house.write(
        "issues/pupils/issue.toml", KIT.replace("[[sections]]", f'[cover]\nink = "{ink}"\n\n[[sections]]')
    )
    settings = read_settings(str(house.here / "tinyconf.py"))
    return press_issue(settings, "pupils", "en", house.here / "dist")


def test_what_a_copier_would_merge_is_said(tmp_path: Path) -> None:
    house = add_kit(tiny(tmp_path))
    lost = copied(house, "#9c2a24", "#17636f", ink="saffron").said
    assert "content/awareness/images/d.svg:1: P031" in lost
    assert "#17636f and #9c2a24" in lost
    assert re.search(r"issues/pupils/issue.toml:\d+: P030", lost)
    kept = copied(house, "#9c2a24", "#e3a325").said
    assert "P03" not in kept, kept


def test_the_series_of_a_chart_are_told_apart_in_black_alone(tmp_path: Path) -> None:
    """Each key, above its name, as the plate has it."""
    house = add_kit(tiny(tmp_path))
    assert copied(house, "#1f2d5c", "#e3a325").sound
    shares = {}
    with pypdfium2.PdfDocument(house.here / "dist/pupils/defender-kit-pupils-en-print.pdf") as document:
        for page in document:
            text = page.get_textpage()
            for name in ("Alpha", "Bravo", "Charlie", "Delta"):
                found = text.search(name).get_next()
                if found:
                    letters = [text.get_charbox(at) for at in range(found[0], found[0] + found[1])]
                    right, top = letters[-1][2], max(box[3] for box in letters)
                    shown = np.asarray(seen_sharp(page, (right - 10, top + 2, 9, 7)))
                    shares[name] = float((shown < 128).mean())
    assert len(shares) == 4
    ordered = sorted(shares.values())
    assert ordered[-1] > 0.8, shares
    assert min(b - a for a, b in pairwise(ordered)) > 0.08, shares


def seen_sharp(page: pypdfium2.PdfPage, window: tuple[float, float, float, float]) -> Image.Image:
    left, bottom, width, height = window
    around = (left, bottom, page.get_width() - left - width, page.get_height() - bottom - height)
    return page.render(scale=6, crop=around).to_pil().convert("L")
