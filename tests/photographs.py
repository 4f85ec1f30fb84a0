"""Photographs that carry what they must not, made here; and what a file still carries."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, PngImagePlugin

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>Benghazi</rdf:RDF></x:xmpmeta>'
# Photoshop's record 0x0404, IPTC: city
IPTC = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x0d\x1c\x02\x5a\x00\x08Benghazi\x00"
TRACES = (
    b"Exif\x00",
    b"Benghazi",
    b"tEXt",
    b"iTXt",
    b"eXIf",
    b"8BIM",
    b"adobe:ns",
    b"Camera",
    b"ICC_PROFILE",
    b"iCCP",
    b"XMP ",
)


def _picture(width: int, height: int) -> Image.Image:
    """Smooth and fine at once, as photographs are."""
    across = Image.linear_gradient("L").resize((width, height))
    noise = Image.effect_noise((width, height), 40)
    return Image.merge("RGB", (across, noise, Image.blend(across, noise, 0.3)))


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif[0x0112] = 1
    exif.get_ifd(0x8825)[1] = "N"
    return exif


def jpeg(width: int = 1800, height: int = 1200, *, carrying: bool = True) -> bytes:
    """A photograph, with place and camera in EXIF, XMP and IPTC, and a comment."""
    out = BytesIO()
    picture = (
        Image.linear_gradient("L").resize((width, height)).convert("RGB")
        if not carrying
        else _picture(width, height)
    )
    if not carrying:
        picture.save(out, "JPEG", quality=80)
        return out.getvalue()
    picture.save(out, "JPEG", quality=80, exif=_exif(), xmp=XMP, comment=b"Benghazi")
    data = out.getvalue()
    segment = b"\xff\xed" + (len(IPTC) + 2).to_bytes(2, "big") + IPTC
    return data[:2] + segment + data[2:]


def png(width: int = 1800, height: int = 1200) -> bytes:
    """A picture of few colours with text beside its pixels."""
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "Benghazi")
    text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    out = BytesIO()
    Image.linear_gradient("L").resize((width, height)).quantize(16).convert("RGB").save(
        out, "PNG", pnginfo=text, exif=_exif()
    )
    return out.getvalue()


def told(data: bytes) -> list[bytes]:
    """What of it is still in a file."""
    return [trace for trace in TRACES if trace in data]
