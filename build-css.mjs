// Puts what the site needs of its npm packages into build/npm: the components it uses and the
// design tokens that these refer to, instead of 600 kB of everything; and the font.
// What every page needs goes into one file, ours and theirs: a request less is felt on a phone.
// The pages behind a link have a file of their own, with nothing that these pages do not name; its script goes
// without comments.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// As plain elements: text looks right without a class on each paragraph.
const text = ["heading-1", "heading-2", "heading-3", "paragraph", "link", "emphasis", "unordered-list", "ordered-list"];
const elements = [...text, "heading-4", "figure", "table", "separator"];
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
const NEVER = /:(disabled|read-only|invalid)/; // none of our fields is the first two; an empty one is no fault yet

/** A style sheet without its comments. */
function sheet(file) {
  return readFileSync(file, "utf8").replace(/\/\*[^]*?\*\//g, "").replace('@charset "UTF-8";', "").trim();
}

/** The words in all files of some places, among which are the classes that these files use. */
function words(...places) {
  const files = places.flatMap((place) =>
    /\.\w+$/.test(place) ? [place] : readdirSync(place, { recursive: true }).map((name) => join(place, name)),
  );
  const texts = files.filter((name) => /\.(html|py|js|css)$/.test(name)).map((name) => readFileSync(name, "utf8"));
  return new Set(texts.join("\n").match(/[\w-]+/g));
}

/** A style sheet without the rules for classes that are not among the `named`. */
function kept(css, named) {
  let left = "";
  for (let at = 0, opens; (opens = css.indexOf("{", at)) >= 0; ) {
    const selector = css.slice(at, opens).trim();
    const end = closing(css, opens);
    at = end + 1;
    const body = css.slice(opens + 1, end);
    if (/^@(media|supports|container)/.test(selector)) {
      const inner = kept(body, named);
      if (inner) left += `${selector}{${inner}}\n`;
    } else {
      const wanted = selector.startsWith("@")
        ? [selector]
        : selectors(selector).filter((one) => !NEVER.test(one) && needs(one).every((name) => named.has(name)));
      if (wanted.length) left += `${wanted.join(",")}{${short(body)}}\n`;
    }
  }
  return left;
}

/** What stands between the braces of a rule, in as few characters. */
function short(body) {
  return body.replace(/\s+/g, " ").replace(/ ?([;,]) ?/g, "$1").replace(/(^|;)([\w-]+): /g, "$1$2:").trim().replace(/;$/, "");
}

/** Where the brace that opens at a place closes. */
function closing(css, opens) {
  let depth = 0;
  for (let at = opens; at < css.length; at += 1) {
    if (css[at] === "{") depth += 1;
    if (css[at] === "}" && (depth -= 1) === 0) return at;
  }
  throw new Error("a brace that does not close");
}

/** The selectors in a list, split at the commas that are in no brackets. */
function selectors(list) {
  return list.split(/,(?![^(]*\))/);
}

/** The classes without which a selector finds nothing. */
function needs(selector) {
  const classes = selector.replace(/:(not|is|where)\([^)]*\)/g, "").match(/\.[a-zA-Z_][\w-]*/g) ?? [];
  return classes.map((name) => name.slice(1));
}

/** The custom properties that a text refers to. */
function references(text) {
  return [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1]);
}

const declared = new Map(
  [...readFileSync(tokens, "utf8").matchAll(/^\s*(--[\w-]+): ([^;]+);/gm)].map((m) => [m[1], m[2]]),
);

/** The tokens that some style sheets refer to, and those that these refer to. */
function themed(css) {
  const used = new Set();
  const queue = references(css);
  while (queue.length) {
    const name = queue.pop();
    if (used.has(name) || !declared.has(name)) continue;
    used.add(name);
    queue.push(...references(declared.get(name)));
  }
  const lines = [...declared].filter(([name]) => used.has(name)).map(([name, value]) => `${name}:${value};`);
  return `.voorbeeld-theme{${lines.join("")}}`;
}

/** Their elements and components, as far as they are `named`, with the tokens of these and of `own`. */
function nlds(elements, named, own) {
  const files = [
    ...elements.map((name) => `node_modules/@utrecht/${name}-css/dist/html/index.min.css`),
    ...components.map((name) => `node_modules/@utrecht/${name}-css/dist/index.min.css`),
  ];
  const css = read(files.map((file) => kept(sheet(file), named)).join(""));
  return `/* EUPL-1.2. NL Design System: components of Gemeente Utrecht, tokens of the voorbeeld theme. */\n${themed(css + own)}\n${css}`;
}

/** A style sheet without the private properties of components (`--_…`) that no rule of it reads. */
function read(css) {
  const names = new Set(references(css));
  const left = css.replace(/(--_[\w-]+):[^;{}]+(;|(?=\}))/g, (line, name) => (names.has(name) ? line : ""));
  return left === css ? css : read(left);
}

/** Our own sheets of these names. */
function ours(names) {
  return names.map((name) => sheet(`static/css/${name}.css`)).join("\n");
}

mkdirSync(`${to}/fonts`, { recursive: true });
for (const file of ["400-normal", "400-italic", "600-normal", "700-normal"])
  copyFileSync(`${fonts}/source-sans-3-latin-${file}.woff2`, `${to}/fonts/source-sans-3-${file}.woff2`);

const fontFaces = ours(["fonts"]).replaceAll("../fonts/", "fonts/");
const all = nlds(elements, words("templates", "assessments", "samenwerking", "static"), ours(readdirSync("static/css").map((name) => name.slice(0, -4))));
writeFileSync(`${to}/nlds.css`, all);
writeFileSync(`${to}/site.css`, [fontFaces, all, ours(everywhere)].join("\n"));

const behindALink = words("templates/filling", "templates/report/table.html", "templates/base.html", "static/js/filling.js");
const own = kept(ours([...everywhere, "filling"]), behindALink);
const script = readFileSync("static/js/filling.js", "utf8");
writeFileSync(`${to}/filling.js`, script.replace(/^\s*\/\/.*\n/gm, ""));
const upright = fontFaces.match(/@font-face \{[^}]*\}/g).filter((face) => !/italic|weight: 600/.test(face)).join("");
writeFileSync(`${to}/filling.css`, [upright, nlds(text, behindALink, own), own].join("\n"));
