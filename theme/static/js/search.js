/* Search in the page: no server, and no request before a reader searches. Nothing is stored, and what
   was typed never comes into an address. The index is made with the site (plugins/concordance/index.py); its
   parts are scripts, since a page that was opened from a disk may load nothing else.

   Words are read as plugins/arabic/search.py reads them, by the same rules: search.toml, which comes
   with the index. */
"use strict";

const Search = (() => {
  const FULL = 7, ONCE = 0.35;                  // as in plugins/concordance/index.py
  const ENOUGH = 1.2, TITLE = [0, 2, 3];        // weight that halves what more of it adds; worth of a title, a short one
  const SAME = 1, ATTACHED = 0.85, KIN = 0.7;   // the word itself; with و or ال; another ending, a plural
  const SHOWN = 10, AROUND = 32, BEFORE = 8;    // results at a time; words of a quotation, and before a hit

  let folder, rules, start;
  const parts = new Map(), loading = new Map(), shards = new Map(), read = new Map();

  /* --- Words: arabic/search.py --- */

  function learn(given) {
    const pairs = ["before", "letters", "after"].flatMap((part) => Object.entries(given[part]));
    rules = {
      marks: new RegExp(given.marks, "g"),
      word: new RegExp(given.word, "g"),
      unseen: new RegExp(given.unseen, "g"),
      shortest: given.shortest,
      stop: new Set(given.stop.split(/\s+/)),
      exchanges: pairs,
      clitics: [...given.clitics.bare, ...given.clitics.article].sort((a, b) => a.length - b.length || (a < b ? -1 : 1)),
      endings: Object.entries(given.endings).sort((a, b) => b[0].length - a[0].length),
      kin: new Map(),
    };
    for (const family of given.kin.families) {
      const [first, ...others] = family.split(" ").map(fold);
      for (const word of [first, ...others]) rules.kin.set(word, first);
    }
  }

  function asWritten(word) {
    const composed = word.normalize("NFKC").replace(rules.marks, "");
    return composed.toLowerCase().normalize("NFD").replace(rules.unseen, "").normalize("NFC");
  }

  function fold(word) {
    return rules.exchanges.reduce((bare, [written, meant]) => bare.split(written).join(meant), asWritten(word));
  }

  function searchable(found) {
    if (rules.stop.has(asWritten(found))) return [];
    return fold(found).split(/\s+/).filter((part) => part.length >= rules.shortest || /^\d$/.test(part));
  }

  function words(text) {
    return (text.match(rules.word) ?? []).flatMap(searchable);
  }

  function readings(word) {
    const fitting = rules.clitics.filter((c) => word.startsWith(c) && word.length - c.length >= rules.shortest);
    return [word, ...fitting.map((clitic) => word.slice(clitic.length))];
  }

  function stem(word) {
    while (!rules.kin.has(word)) {
      const rests = rules.endings
        .filter(([ending]) => word.endsWith(ending))
        .map(([ending, least]) => [word.slice(0, -ending.length), least]);
      const rest = rests.find(([left]) => rules.kin.has(left)) ?? rests.find(([left, least]) => left.length >= least);
      if (!rest) return word;
      word = rest[0];
    }
    return rules.kin.get(word);
  }

  function keys(word) {
    return [...new Set(readings(word).map(stem))];
  }

  /* --- The index: concordance/index.py --- */

  /* What the parts call: `give("words", 3, …)`. */
  function give(...values) {
    parts.set(document.currentScript.src, values[values.length - 1]);
  }

  function load(name) {
    if (!loading.has(name)) {
      loading.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${folder}/${name}.js`;
        script.addEventListener("load", () => resolve(parts.get(script.src)));
        script.addEventListener("error", () => { loading.delete(name); reject(new Error(name)); });
        document.head.append(script);
      }));
    }
    return loading.get(name);
  }

  async function open(where) {
    folder = where;
    start = await load("start");
    if (!rules) learn(start.rules);
    return start;
  }

  function shardOf(key) {
    let value = 0x811c9dc5;
    for (const letter of key.slice(-3)) value = Math.imul(value ^ letter.charCodeAt(0), 0x01000193) >>> 0;
    return value % start.shards;
  }

  /* What is printed under a key: [{word, sure, places}]. `sure`: the word's first letter is its own. */
  async function printed(key) {
    const number = shardOf(key);
    if (!shards.has(number)) shards.set(number, byKey(await load(`words-${number}`)));
    return shards.get(number).get(key) ?? [];
  }

  function byKey(lines) {
    const found = new Map();
    for (const line of lines.split("\n").filter(Boolean)) {
      const [, word, sign, places] = line.match(/^([^ !]+)([ !])(.*)$/);
      const entry = { word, sure: sign === "!", places };
      for (const key of entry.sure ? [stem(word)] : keys(word)) {
        if (!found.has(key)) found.set(key, []);
        found.get(key).push(entry);
      }
    }
    return found;
  }

  function* unpacked(places) {
    let number = -1;
    for (const [, distance, letter] of places.matchAll(/(\d*)([A-Z])/g)) {
      number += Number(distance || 1);
      const step = letter.charCodeAt(0) - 65;
      const often = step % (FULL + 1), title = Math.floor(step / (FULL + 1));
      yield [number, often && ONCE * 2 ** (often - 1), TITLE[title]];
    }
  }

  /* A word that was typed: the keys it goes by, and the pieces that have it with what it is worth there. */
  async function lookUp(typed) {
    const [own, ...others] = keys(typed);
    const forms = new Set(await printed(own));
    const sure = [...forms].some((form) => form.sure && stem(form.word) === own);
    for (const key of sure ? [] : others) for (const form of await printed(key)) forms.add(form);
    const bare = new Set(readings(typed));
    const weights = new Map(), titles = new Map();
    for (const form of forms) {
      const near = form.word === typed ? SAME : readings(form.word).some((r) => bare.has(r)) ? ATTACHED : KIN;
      for (const [number, weight, title] of unpacked(form.places)) {
        weights.set(number, (weights.get(number) ?? 0) + near * weight);
        titles.set(number, Math.max(titles.get(number) ?? 0, near * title));
      }
    }
    const rare = Math.log(1 + (start.pieces - weights.size + 0.5) / (weights.size + 0.5));
    const worth = new Map([...weights].map(([number, weight]) =>
      [number, rare * (weight / (weight + ENOUGH) + titles.get(number))]));
    return { typed, keys: sure ? [own] : [own, ...others], worth };
  }

  /* The numbers of the pieces that have all the words, or most of three and more; failing these, of those
     that have the most of them. `others` have fewer, and fill up the first ten. */
  async function find(query) {
    const typed = new Map((query.match(rules.word) ?? []).flatMap((word) => searchable(word).map((w) => [w, word])));
    const terms = await Promise.all([...typed.keys()].map(lookUp));
    const known = terms.filter((term) => term.worth.size);
    const sums = new Map();
    for (const { worth } of known) {
      for (const [number, value] of worth) {
        const [had, sum] = sums.get(number) ?? [0, 0];
        sums.set(number, [had + 1, sum + value]);
      }
    }
    const ranked = [...sums].sort(([a, [hadA, sumA]], [b, [hadB, sumB]]) => hadB - hadA || sumB - sumA || a - b);
    const least = Math.min(known.length < 3 ? known.length : Math.ceil(known.length * 2 / 3), ranked[0]?.[1][0] ?? 0);
    return {
      keys: new Set(known.flatMap((term) => term.keys)),
      missing: terms.filter((term) => !term.worth.size).map((term) => typed.get(term.typed)),
      whole: !known.length || ranked[0][1][0] === known.length,
      numbers: ranked.filter(([, [had]]) => had >= least).map(([number]) => number),
      others: ranked.slice(0, SHOWN).filter(([, [had]]) => had < least).map(([number]) => number),
    };
  }

  /* --- What is shown --- */

  /* The keys of a printed word that were asked for. */
  function hits(word, asked) {
    if (!read.has(word)) read.set(word, searchable(word).flatMap(keys));
    return read.get(word).filter((key) => asked.has(key));
  }

  function highlighted(text, asked) {
    const parent = document.createDocumentFragment();
    let done = 0;
    for (const match of text.matchAll(rules.word)) {
      if (!hits(match[0], asked).length) continue;
      const mark = document.createElement("mark");
      mark.textContent = match[0];
      parent.append(text.slice(done, match.index), mark);
      done = match.index + match[0].length;
    }
    parent.append(text.slice(done));
    return parent;
  }

  /* The stretch of a text's lines that has most of what was asked for, and how much of it. */
  function quotation(text, asked) {
    const best = { had: 0, text: "" };
    for (const line of text.split("\n")) {
      const parts = line.split(" ");  // not words: what stands between spaces stays whole
      const found = parts.map((part) => (part.match(rules.word) ?? []).flatMap((word) => hits(word, asked)));
      found.forEach((here, at) => {
        if (!here.length) return;
        const first = Math.max(0, Math.min(at - BEFORE, parts.length - AROUND)), end = first + AROUND;
        const had = new Set(found.slice(first, end).flat()).size;
        if (had <= best.had) return;
        const cut = parts.slice(first, end).join(" ");
        Object.assign(best, { had, text: `${first ? "… " : ""}${cut}${end < parts.length ? " …" : ""}` });
      });
    }
    return best;
  }

  function element(name, kind, ...content) {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    made.append(...content);
    return made;
  }

  function entry(piece, asked) {
    const link = element("a", "", highlighted(piece.title, asked));
    link.href = `../${piece.url}`;
    const summary = piece.summary ?? "", found = quotation(piece.text ?? "", asked);
    const shown = quotation(summary, asked).had >= found.had ? summary : found.text;
    const meta = [["label", piece.label], ["", piece.date]].filter(([, said]) => said);
    return [
      element("h2", "entry-title", link),
      element("p", "entry-summary", highlighted(shown, asked)),
      element("p", "meta", ...meta.flatMap(([kind, said]) => [element("span", kind, said), " "])),
    ];
  }

  function count(number) {
    const { locale, results } = start.speech;
    return results[new Intl.PluralRules(locale).select(number)]
      .replace("{n}", new Intl.NumberFormat(locale).format(number));
  }

  return { give, learn, open, find, words, keys, entry, count, load, SHOWN };
})();

/* --- The page: search.html --- */

function prepare(form) {
  const page = (name) => document.getElementById(name);
  const [field, said, list, more, near] = ["query", "said", "found", "more", "near"].map(page);
  let found, shown = 0, turn = 0;

  function clear() {
    turn += 1;  // what is still on its way comes too late
    form.removeAttribute("aria-busy");
    shown = 0;
    said.textContent = "";
    list.replaceChildren();
    more.hidden = true;
    near.hidden = true;
    near.querySelector("ol").replaceChildren();
  }

  /* The places of pieces at once, each filled as it comes. */
  async function fill(into, numbers) {
    const mine = turn, keys = found.keys;
    const items = numbers.map(() => into.appendChild(document.createElement("li")));
    await Promise.all(numbers.map(async (number, at) => {
      const piece = await Search.load(`piece-${number}`);
      if (mine !== turn) return;
      items[at].className = "entry";
      items[at].replaceChildren(...Search.entry(piece, keys));
    }));
    return items[0];
  }

  function show() {
    const next = found.numbers.slice(shown, shown + Search.SHOWN);
    shown += next.length;
    more.hidden = shown >= found.numbers.length;
    return fill(list, next);
  }

  async function search() {
    clear();
    if (!field.value.trim()) return;
    const mine = turn;
    const slow = setTimeout(() => { said.textContent = form.dataset.waiting; }, 500);
    form.setAttribute("aria-busy", "true");
    try {
      const { speech } = await Search.open(form.dataset.index);
      const answer = await Search.find(field.value);
      if (mine !== turn) return;
      clearTimeout(slow);
      found = answer;
      const parts = [Search.count(found.numbers.length)];
      if (!found.whole) parts.push(speech.any);
      if (found.numbers.length) parts.push(...found.missing.map((word) => speech.missing.replace("{word}", word)));
      else parts.push(speech.advice);
      said.textContent = parts.join(" ");
      near.hidden = !found.others.length;
      await Promise.all([show(), fill(near.querySelector("ol"), found.others)]);
    } catch {
      if (mine === turn) said.textContent = form.dataset.failed;
    } finally {
      clearTimeout(slow);
      if (mine === turn) form.removeAttribute("aria-busy");
    }
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  more.addEventListener("click", async () => (await show())?.querySelector("a")?.focus());
  for (const exit of document.querySelectorAll(".exit")) {
    exit.addEventListener("click", () => { form.reset(); clear(); });  // whoever comes back finds nothing
  }
  form.hidden = false;
}

if (document.forms.search) prepare(document.forms.search);
