"""The finishing pass on a typeset PDF (pikepdf): what the typesetter leaves out."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from magazine.model import Edition
from press.textlayer import Record, restore


def finish(pdf: bytes, record: Record, edition: Edition, publisher: str) -> bytes:
    """Text layer, direction, title, page labels. The same input gives the same bytes."""
    with pikepdf.open(BytesIO(pdf)) as document:
        restore(document, record)
        right_to_left = edition.language.direction == "rtl"
        document.Root.ViewerPreferences = Dictionary(
            Direction=Name.R2L if right_to_left else Name.L2R, DisplayDocTitle=True
        )
        document.Root.Lang = String(edition.language.code)
        document.Root.PageLayout = Name.TwoPageRight  # the cover stands alone
        document.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        _information(document, edition.issue.titles[edition.language.code], publisher)
        return saved(document)


def _information(document: pikepdf.Pdf, title: str, publisher: str) -> None:
    """What the file says of itself: title and publisher, nothing of people or machines."""
    for key in list(document.docinfo.keys()):
        del document.docinfo[key]
    document.docinfo["/Title"] = title
    document.docinfo["/Author"] = publisher


def saved(document: pikepdf.Pdf) -> bytes:
    """The file's bytes; its /ID is a digest of its content, so the same content has the same."""
    out = BytesIO()
    document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()
