"""Where words are lengthened, by the order that calligraphers and Arabic justification follow."""

from __future__ import annotations

# A word with its stroke, as a person would draw it, and why there.
ALLOWED = [
    # 1: after the teeth of seen and sad
    ("السـلام", 1),
    ("بسـم", 1),
    ("مشـروع", 1),
    ("الصـكوك", 1),
    ("الضـمير", 1),
    ("مسـؤول", 1),
    ("المؤسسـة", 1),  # of two the one nearer to the end, though it stands before a closing teh marbuta too
    ("مستشـفى", 1),
    ("الشـخصيات", 1, "الشخصـيات"),
    # 2: before a closing teh marbuta, heh, dal, thal
    ("اتفاقيـة", 2),
    ("مدافعـة", 2),
    ("حقوقـه", 2),
    ("عهـد", 2),
    ("تنفيـذ", 2),
    ("المتحـدة", 6, None),  # the dal does not join the teh marbuta
    # 3: before a closing alef, tah, lam, kaf
    ("حقـا", 3),
    ("لقضايـا", 3),
    ("محيـط", 3),
    ("حفـظ", 3),
    ("عمـل", 3),
    ("ذلـك", 3),
    # 4: in the curve before reh and yeh, after a tooth
    ("تبريـر", 4),
    ("بـيت", 4),
    ("لـي", 4, None),  # two letters
    ("تعنـيف", 4),
    ("وثـيق", 4),
    ("الحريـر", 4, "الحريـر"),
    # 5: before a closing waw, ain, feh, qaf
    ("عفـو", 5),
    ("جميـع", 5),
    ("موقـف", 5),
    ("لاحـق", 5),
    ("تبلـغ", 5),
    # 6: before any other last letter
    ("كتـب", 6),
    ("نعـم", 6),
    ("وطـن", 6),
    ("تنـص", 6),
    ("مجلـة", 2),
    ("صلـح", 1, "صـلح"),
]
