"""The finishing pass on a typeset PDF (pikepdf): what the typesetter leaves out."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from magazine.model import Edition, Imprint
from press.archive import keep
from press.tags import tag
from press.textlayer import Record, restore


def finish(pdf: bytes, record: Record, edition: Edition, imprint: Imprint) -> bytes:
    """Text layer, tags, metadata, direction, page labels. The same input gives the same bytes."""
    with pikepdf.open(BytesIO(pdf)) as document:
        _trim(document)
        restore(document, record)
        tag(document, record.drawing, edition.language)
        profile = imprint.theme / "press" / "profiles" / "sRGB.icc"
        keep(document, edition, imprint.publishers[edition.language.code], profile.read_bytes())
        right_to_left = edition.language.direction == "rtl"
        document.Root.ViewerPreferences = Dictionary(
            Direction=Name.R2L if right_to_left else Name.L2R, DisplayDocTitle=True
        )
        document.Root.PageLayout = Name.TwoPageRight  # the cover stands alone
        document.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        return saved(document)


def _trim(document: pikepdf.Pdf) -> None:
    """A screen shows the page as it will be cut: what runs off it stays in the file, unseen."""
    for page in document.pages:
        page.obj.MediaBox = page.obj.TrimBox
        del page.obj.BleedBox


def saved(document: pikepdf.Pdf) -> bytes:
    """The file's bytes; its /ID is a digest of its content, so the same content has the same."""
    out = BytesIO()
    document.save(
        out,
        deterministic_id=True,
        fix_metadata_version=False,  # the metadata stand as they were written
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return out.getvalue()
