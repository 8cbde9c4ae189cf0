// Puts what the site needs of its npm packages into build/npm: the components it uses and the
// design tokens that these refer to, instead of 600 kB of everything; and the font.
// What every page needs goes into one file, ours and theirs: a request less is felt on a phone.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";

// As plain elements: text looks right without a class on each paragraph.
const elements = [
  "heading-1", "heading-2", "heading-3", "heading-4", "paragraph", "link", "emphasis", "figure",
  "unordered-list", "ordered-list", "table", "separator",
];
// As classes, utrecht-...
const components = [
  "document", "skip-link", "page-header", "page-body", "page-footer", "breadcrumb-nav", "alert",
  "button", "button-link", "button-group", "data-badge", "form-label", "form-field",
  "form-field-description", "form-field-error-message", "form-fieldset", "textbox", "textarea",
  "select", "checkbox", "radio-button",
];
const tokens = "node_modules/@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css";
const fonts = "node_modules/@fontsource/source-sans-3/files";
const everywhere = ["theme", "site", "forms"];
const to = "build/npm";

/** A style sheet without its comments. */
function sheet(file) {
  return readFileSync(file, "utf8").replace(/\/\*[^]*?\*\//g, "").replace('@charset "UTF-8";', "").trim();
}

/** The custom properties that a text refers to. */
function references(text) {
  return [...text.matchAll(/var\((--[\w-]+)/g)].map((match) => match[1]);
}

const css = [
  ...elements.map((name) => sheet(`node_modules/@utrecht/${name}-css/dist/html/index.min.css`)),
  ...components.map((name) => sheet(`node_modules/@utrecht/${name}-css/dist/index.min.css`)),
].join("\n");
const own = readdirSync("static/css").map((name) => readFileSync(`static/css/${name}`, "utf8"));
const declared = new Map(
  [...readFileSync(tokens, "utf8").matchAll(/^\s*(--[\w-]+): ([^;]+);/gm)].map((m) => [m[1], m[2]]),
);
const used = new Set();
const queue = references([css, ...own].join());
while (queue.length) {
  const name = queue.pop();
  if (used.has(name) || !declared.has(name)) continue;
  used.add(name);
  queue.push(...references(declared.get(name)));
}

const theme = [...declared].filter(([name]) => used.has(name)).map(([name, value]) => `${name}:${value};`);
mkdirSync(`${to}/fonts`, { recursive: true });
for (const file of ["400-normal", "400-italic", "600-normal", "700-normal"])
  copyFileSync(`${fonts}/source-sans-3-latin-${file}.woff2`, `${to}/fonts/source-sans-3-${file}.woff2`);
const nlds =
  "/* EUPL-1.2. NL Design System: components of Gemeente Utrecht, tokens of the voorbeeld theme. */\n" +
  `.voorbeeld-theme{${theme.join("")}}\n${css}\n`;
const fontFaces = sheet("static/css/fonts.css").replaceAll("../fonts/", "fonts/");
writeFileSync(`${to}/nlds.css`, nlds);
writeFileSync(`${to}/site.css`, [fontFaces, nlds, ...everywhere.map((name) => sheet(`static/css/${name}.css`))].join("\n"));
