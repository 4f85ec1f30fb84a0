// Pagefind's own index of the entries of standard input, into the folder that is named.
import { readFileSync } from "node:fs";
import { createIndex, close } from "pagefind";

const { entries, lang } = JSON.parse(readFileSync(0, "utf8"));
const safe = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);
const { index } = await createIndex({ forceLanguage: lang, verbose: false });
for (const { id, title, summary, also, text } of entries) {
  const paragraphs = [summary, ...text.split("\n"), also].filter(Boolean).map((part) => `<p>${safe(part)}</p>`);
  const content = `<!doctype html><html lang="${lang}"><body><h1>${safe(title)}</h1>${paragraphs.join("")}</body></html>`;
  const { errors } = await index.addHTMLFile({ url: `/${id}`, content });
  if (errors.length) throw new Error(errors.join("\n"));
}
const { errors } = await index.writeFiles({ outputPath: process.argv[2] });
if (errors.length) throw new Error(errors.join("\n"));
await close();
