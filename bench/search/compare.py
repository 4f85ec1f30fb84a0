"""`inv bench --search`: recall and bytes of our search, of MiniSearch and of Pagefind, side by side."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copyfile, which
from statistics import mean, median
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from playwright.sync_api import Page, sync_playwright

from arabic.search import RULES, words
from bench.search.houses import HERE, SCRIPT, node, weights, zipped
from concordance.index import Entry, build
from magazine.errors import MagazineError
from magazine.library import load
from magazine.markup import render
from magazine.model import Imprint, Library
from web.gate import page_of
from web.reader import WebLinks
from web.search import of_issue, of_piece, of_term, speech

OURS = """async queries => {
  await Search.open("index");
  const answers = [];
  for (const query of queries) {
    const { numbers, others } = await Search.find(query);
    answers.push([...numbers, ...others].slice(0, 10));
  }
  return answers; }"""
THEIRS = """async queries => {
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.options({ excerptLength: 30 });
  await pagefind.init();
  const answers = [];
  for (const query of queries) {
    const { results } = await pagefind.search(query);
    answers.push(await Promise.all(results.slice(0, 10).map(async found => (await found.data()).url)));
  }
  return answers; }"""
FIRST = {  # one query, to its first result
    "ours": """async query => {
  await Search.open("index");
  const { numbers } = await Search.find(query);
  if (numbers.length) await Search.load(`piece-${numbers[0]}`); }""",
    "theirs": """async query => {
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.init();
  const { results } = await pagefind.search(query);
  if (results.length) await results[0].data(); }""",
}


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, and the entries that are wanted."""

    form: str
    text: str
    wanted: frozenset[str]


def queries(lang: str) -> list[Query]:
    """The table."""
    table = tomllib.loads((HERE / "queries.toml").read_text("utf-8"))[lang]
    return [Query(form, row[0], frozenset(row[1:])) for form, rows in table.items() for row in rows]


def entries(library: Library, lang: str) -> dict[str, Entry]:
    """What the site's index holds, by the names that the table calls it by."""
    language, found = library.imprint.language(lang), {}
    for piece in library.pieces.values():
        if piece.lang == lang and piece.status == "published":
            rendered = render(piece, library, WebLinks(library))
            found[piece.slug] = of_piece(library, piece, rendered, page_of(piece.kind, piece.slug, lang))
    found |= {f"issue:{issue.name}": of_issue(library, issue, language) for issue in library.issues}
    found |= {f"term:{id_}": of_term(library, term[lang], language) for id_, term in library.glossary.items()}
    return found


def compare(settings: Mapping[str, Any]) -> str:
    """Both tables, as docs/search.md shows them."""
    library = load(Imprint.from_settings(settings))[0]
    with sync_playwright() as playwright:
        program = which("chromium") or which("chromium-browser")
        if not program or not (HERE / "node_modules").is_dir():
            raise MagazineError("needs chromium, and in bench/search: npm install --no-package-lock")
        browser = playwright.chromium.launch(executable_path=program)
        said = [quality(browser.new_page, library, lang) for lang in ("ar", "en")]
        browser.close()
    return "\n\n".join([*said, *(weights(library, lang, entries(library, lang)) for lang in ("ar", "en"))])


def quality(new_page: Any, library: Library, lang: str) -> str:
    """Recall at 10 by form of query, and bytes to the first result, of each engine."""
    asked, found = queries(lang), entries(library, lang)
    names, texts = list(found), [query.text for query in asked]
    listed = [asdict(entry) | {"id": name} for name, entry in found.items()]
    answers: dict[str, list[list[str]]] = {}
    cost: dict[str, float] = {}
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        publish(folder, build([*found.values()], speech(library, library.imprint.language(lang)))[1])
        node("pagefind.mjs", {"entries": listed, "lang": lang}, str(folder / "pagefind"))
        with served(folder) as host:
            page = new_page()
            page.goto(host)
            answers["ours"] = [[names[n] for n in row] for row in page.evaluate(OURS, texts)]
            answers["Pagefind"] = [[url.strip("/") for url in row] for row in page.evaluate(THEIRS, texts)]
            two = [text for text in texts if len([*words(text)]) == 2][:8]
            for name, way in (("ours", "ours"), ("Pagefind", "theirs")):
                cost[name] = median(first_result(new_page(), host, FIRST[way], text) for text in two)
        mini = node(
            "minisearch.mjs", {"entries": listed, "queries": texts, "rules": RULES, "script": str(SCRIPT)}
        )
    for name, answer in json.loads(mini).items():
        answers[name] = answer["found"]
        cost[name] = (
            answer["library"] + answer["index"] + (0 if "our" not in name else zipped(SCRIPT.read_bytes()))
        )
    return table(lang, asked, answers, cost)


def table(
    lang: str, asked: Sequence[Query], answers: Mapping[str, list[list[str]]], cost: Mapping[str, float]
) -> str:
    """A row an engine."""
    forms = list(dict.fromkeys(query.form for query in asked))
    counts = [sum(query.form == form for query in asked) for form in forms]
    heads = [f"{form} ({count})" for form, count in zip(forms, counts, strict=True)]
    rows = [
        f"| {lang} | {' | '.join(heads)} | all ({len(asked)}) | first | KB |",
        "|---" * (len(forms) + 4) + "|",
    ]
    for name, found in answers.items():
        recalls = [len(q.wanted & {*row[:10]}) / len(q.wanted) for q, row in zip(asked, found, strict=True)]
        first = mean(bool(row) and row[0] in q.wanted for q, row in zip(asked, found, strict=True))
        parts = [mean(r for q, r in zip(asked, recalls, strict=True) if q.form == form) for form in forms]
        cells = " | ".join(f"{part:.2f}" for part in (*parts, mean(recalls), first))
        rows.append(f"| {name} | {cells} | {cost[name] / 1000:.0f} |")
    missed = [
        f"{q.text} → {', '.join(sorted(q.wanted - {*row[:10]}))}"
        for q, row in zip(asked, answers["ours"], strict=True)
        if q.wanted - {*row[:10]}
    ]
    return "\n".join(rows) + "\n\nMissed by ours: " + ("; ".join(missed) or "none")


def first_result(page: Page, host: str, script: str, query: str) -> int:
    """The bytes that a fresh visitor's browser takes from the script to the first result, compressed."""
    bodies: list[int] = []
    page.goto(host + "/empty.html")
    page.on("response", lambda response: bodies.append(least(response.body())))
    if "Search" in script:
        page.add_script_tag(url="/search.js")
    page.evaluate(script, query)
    page.wait_for_timeout(50)
    page.context.close()
    return sum(bodies)


def publish(folder: Path, files: Mapping[str, str]) -> None:
    """An index with a page that can ask it."""
    (folder / "index").mkdir(parents=True)
    for name, script in files.items():
        (folder / "index" / name).write_text(script, "utf-8")
    copyfile(SCRIPT, folder / "search.js")
    (folder / "index.html").write_text(
        '<!doctype html><meta charset="utf-8"><script src="search.js"></script>', "utf-8"
    )
    (folder / "empty.html").write_text(
        "<!doctype html><meta charset='utf-8'><link rel=icon href='data:,'>", "utf-8"
    )


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder on loopback."""

    class Silent(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def least(data: bytes) -> int:
    """The same for what may be compressed already."""
    return min(len(data), zipped(data))
