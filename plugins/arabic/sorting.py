"""The order of titles and names in an Arabic index."""

import re
import unicodedata

from arabic.normalise import FOLDED, plain

# The alphabet as an index has it; Persian and Maghrebi letters follow the letter they come from.
ALPHABET = "ءابپتثجچحخدذرزژسشصضطظعغفڤقڨكگلمنهوي"

# Words whose ال is their own: verbal nouns of roots in ل, and names.
_OWN_AL = re.compile(r"(?:الله|الت(?:زام|قاء|ماس|هاب|فات|حاق|باس|حام|واء|ئام|هام)|الياس|الهام)")
_ARTICLE = re.compile(r"^(?:ال(?=\w\w)|(?:an?|the)\s+(?=\w))", re.I)

# Blocks of the key, in this order: space, digits, Arabic, all other letters.
_ARABIC_FROM, _OTHER_FROM = 0x1000, 0x2000
_RANK = {letter: chr(_ARABIC_FROM + place) for place, letter in enumerate(ALPHABET)}


def sort_key(text: str) -> str:
    """Give the key that puts Arabic titles in the order a reader looks them up in.

    Marks, tatweel, an initial article (ال, the, a) and punctuation do not count; hamza forms, ى, ة
    and Persian ک ی sort as their plain letters; words before letters; digits, then Arabic, then
    Latin regardless of case. Two texts that differ only in what does not count follow one another
    in code point order.
    """
    words = "".join(ch for ch in _bare(text) if ch.isalnum() or ch == " ").split()
    return "".join(_rank(ch) for ch in " ".join(words)) + "\0" + text


def index_letter(text: str) -> str:
    """Give the letter under which an index has `text`: 0–9 for digits, capitals for Latin, "" for none."""
    first = next((ch for ch in _bare(text) if ch.isalnum()), "")
    return "0–9" if first.isdecimal() else first.upper()


def _bare(text: str) -> str:
    """Strip what an index does not see; the article before the folding that turns ألم into الم."""
    composed = plain(unicodedata.normalize("NFKC", text))
    words = re.sub(r"^\W+", "", re.sub(r"\s+", " ", composed))
    if not _OWN_AL.match(words):
        words = _ARTICLE.sub("", words)
    latin = unicodedata.normalize("NFKD", words.translate(FOLDED)).casefold()
    return "".join(ch for ch in latin if not unicodedata.combining(ch))


def _rank(ch: str) -> str:
    if ch == " ":
        return ch
    if ch.isdecimal():
        return str(unicodedata.decimal(ch))
    return _RANK.get(ch) or chr(min(_OTHER_FROM + ord(ch), 0x10FFFF))
