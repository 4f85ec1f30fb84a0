"""Larger houses than ours, made of our words: as many articles of 600 words as one likes, the same each time.

A word is one that was written before, or with falling probability a new one, so that words are as
often as in the texts (Simon's model) and new ones go on appearing as in Arabic and English (Heaps' law).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from arabic.search import RULES
from concordance.index import Entry

LENGTH, TITLE, SUMMARY = 600, 5, 25
GROWTH = 0.65  # the vocabulary grows as the text's length to this power


def articles(number: int, lang: str, source: Sequence[Entry]) -> Iterator[Entry]:
    """That many articles, made of the words of the source."""
    dice = random.Random(f"{lang}{number}")
    stream = Stream(dice, [word for entry in source for word in re.findall(RULES["word"], entry.text)])
    for at in range(number):
        title, summary = (" ".join(stream.words(length)) for length in (TITLE, SUMMARY))
        text = "\n".join(" ".join(stream.words(LENGTH // 10)) for _ in range(10))
        date = "15 نوفمبر 2026" if lang == "ar" else "15 November 2026"
        yield Entry(f"articles/a{at}/index.html", title, source[0].label, date, summary, text)


class Stream:
    """Words without end."""

    def __init__(self, dice: random.Random, start: list[str]) -> None:
        self.dice, self.written = dice, list(start)
        self.letters = sorted({letter for word in start for letter in word if letter.isalpha()})
        self.rate = len(set(start)) / len(start) ** GROWTH * GROWTH

    def words(self, number: int) -> list[str]:
        """The next words."""
        return [self._word() for _ in range(number)]

    def _word(self) -> str:
        word = self.dice.choice(self.written)
        if len(word) > 3 and self.dice.random() < self.rate * len(self.written) ** (GROWTH - 1):
            at = self.dice.randrange(len(word))
            word = word[:at] + self.dice.choice(self.letters) + word[at + 1 :]
        self.written.append(word)
        return word
