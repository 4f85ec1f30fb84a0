"""Pictures and what they must not tell: place, camera, programme, names of files.

A photograph is its pixels and nothing else. What a camera or a programme writes beside them goes by
building the picture anew from its pixels, in the sources too: what was committed once stays in history.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from lxml import etree
from PIL import Image, ImageCms, ImageOps

DRAWING: Final = ".svg"
RASTERS: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp")
SVG: Final = "{http://www.w3.org/2000/svg}"
XLINK_HREF: Final = "{http://www.w3.org/1999/xlink}href"
# What a drawing must not hold: words about it, what runs, what is fetched, photographs.
UNWANTED: Final = {f"{SVG}{name}" for name in ("metadata", "script", "image", "foreignObject", "style")}
IMAGE_DATA: Final = {"exif": "EXIF", "xmp": "XMP", "photoshop": "IPTC", "comment": "a comment"}
QUALITY: Final = 92


def carried(path: Path) -> tuple[str, ...]:
    """What a picture tells beside what is seen. An unreadable one tells nothing: another check names it."""
    try:
        found = _of_drawing(path) if path.suffix.lower() == DRAWING else _of_pixels(path)
        return tuple(sorted(set(found)))
    except (OSError, ValueError, SyntaxError):
        return ()


def _of_pixels(path: Path) -> Iterator[str]:
    with Image.open(path) as image:
        yield from (name for key, name in IMAGE_DATA.items() if image.info.get(key))
        image.load()  # a PNG may have text after its pixels
        if image.getexif():
            yield "EXIF"
        if getattr(image, "text", None):
            yield "PNG text"


def _of_drawing(path: Path) -> Iterator[str]:
    for element in etree.fromstring(path.read_bytes(), _parser()).iter():
        yield from _unwanted(element)


def _unwanted(element: etree._Element) -> Iterator[str]:
    """Why an element, or an attribute of it, does not belong in a drawing."""
    if not isinstance(element.tag, str):
        yield "a comment"
    elif element.tag in UNWANTED or not element.tag.startswith(SVG):
        yield f"<{etree.QName(element).localname}>"
    else:
        names = (name for name in map(str, element.attrib) if _is_unwanted(name, str(element.get(name))))
        yield from (etree.QName(name).localname for name in names)


def _is_unwanted(name: str, value: str) -> bool:
    if name in ("href", XLINK_HREF):
        return not value.startswith("#")
    return name.startswith(("{", "on")) or name == "style" or ("url(" in value and "url(#" not in value)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def cleaned(path: Path) -> bytes:
    """The picture without what it carried, in the form it has."""
    return _drawn_anew(path) if path.suffix.lower() == DRAWING else _pixels_anew(path)


def _drawn_anew(path: Path) -> bytes:
    root = etree.fromstring(path.read_bytes(), _parser())
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in UNWANTED or not element.tag.startswith(SVG):
            _taken_out(element)
            continue
        for name in map(str, element.keys()):
            if _is_unwanted(name, str(element.get(name))):
                del element.attrib[name]
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8")


def _taken_out(element: etree._Element) -> None:
    around = element.getparent()
    if around is not None:
        element.tail, tail = None, element.tail
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + (tail or "")
        else:
            around.text = (around.text or "") + (tail or "")
        around.remove(element)


def _pixels_anew(path: Path) -> bytes:
    with Image.open(path) as image:
        form, pixels = str(image.format), bare(image)
    out = BytesIO()
    pixels.save(out, form, quality=QUALITY)
    return out.getvalue()


def bare(image: Image.Image) -> Image.Image:
    """The pixels as they are seen, upright, in sRGB, with nothing beside them. Of what moves, the first."""
    upright = ImageOps.exif_transpose(image)
    profile = image.info.get("icc_profile")
    mode = "RGBA" if upright.has_transparency_data else "RGB"
    if profile and upright.mode in ("RGB", "CMYK"):
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        seen = ImageCms.profileToProfile(upright, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        upright = seen or upright
    pixels = upright.convert(mode)
    return Image.frombytes(mode, pixels.size, pixels.tobytes())
