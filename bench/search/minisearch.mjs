// MiniSearch on the entries and queries of standard input, raw and with the normaliser of search.js.
import { readFileSync } from "node:fs";
import vm from "node:vm";
import { gzipSync } from "node:zlib";
import MiniSearch from "minisearch";

const { entries, queries, rules, script } = JSON.parse(readFileSync(0, "utf8"));
const world = vm.createContext({ document: { forms: {} } });
vm.runInContext(readFileSync(script, "utf8"), world);
const Search = vm.runInContext("Search", world);
Search.learn(rules);

const fields = ["title", "summary", "also", "headings", "text"];
const boost = { title: 8, summary: 3, also: 2, headings: 2 };
const ours = {
  tokenize: (text) => [...Search.words(text)],
  processTerm: (word) => [...Search.keys(word)],
};
const ways = {
  "MiniSearch": [{}, {}],
  "MiniSearch, prefix and fuzzy": [{}, { prefix: true, fuzzy: 0.2 }],
  "MiniSearch, our normaliser": [ours, {}],
};
const library = gzipSync(readFileSync(new URL("node_modules/minisearch/dist/umd/index.js", import.meta.url)), { level: 9 }).length;
const answers = {};
for (const [name, [how, asking]] of Object.entries(ways)) {
  const engine = new MiniSearch({ fields, idField: "id", storeFields: [], ...how });
  engine.addAll(entries);
  const index = gzipSync(JSON.stringify(engine), { level: 9 }).length;
  answers[name] = {
    found: queries.map((query) => engine.search(query, { boost, ...asking }).slice(0, 10).map((hit) => hit.id)),
    library, index,
  };
}
process.stdout.write(JSON.stringify(answers));
