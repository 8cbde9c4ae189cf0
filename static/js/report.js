// Shows where you are in the report, and adds buttons to take its charts along.
const wide = window.matchMedia("(min-width: 64rem)"); // as in report.css
for (const list of document.querySelectorAll(".report-contents details")) list.open = wide.matches;

const contents = [...document.querySelectorAll(".report-contents a")];

function markPlace(entries) {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    for (const link of contents) {
      if (link.hash === `#${entry.target.id}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
}

if (contents.length) {
  const watcher = new IntersectionObserver(markPlace, { rootMargin: "0px 0px -70% 0px" });
  document.querySelectorAll(".report-section").forEach((section) => watcher.observe(section));
}

// A chart leaves the page with the lines that say what it is and where it is from.
const SIGN = 5.5; // about how wide a sign is, at font size 11
const LINE = 15;

function lines(text, width) {
  return text.split(" ").reduce(
    (found, word) => {
      const longer = `${found.at(-1)} ${word}`.trim();
      return longer.length * SIGN < width ? [...found.slice(0, -1), longer] : [...found, word];
    },
    [""],
  );
}

function withSource(figure) {
  const svg = figure.querySelector("svg").cloneNode(true);
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const said = lines(figure.dataset.source.trim(), width);
  const whole = height + 10 + said.length * LINE;
  svg.setAttribute("viewBox", `0 0 ${width} ${whole}`);
  svg.setAttribute("width", width);
  svg.setAttribute("height", whole);
  said.forEach((text, place) => {
    const line = document.createElementNS("http://www.w3.org/2000/svg", "text");
    line.setAttribute("x", "0");
    line.setAttribute("y", String(height + 5 + (place + 1) * LINE));
    line.setAttribute("font-size", "11");
    line.textContent = text;
    svg.append(line);
  });
  return new XMLSerializer().serializeToString(svg);
}

// Three times as large as on the page, on white: fit for a slide.
async function png(figure) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(withSource(figure))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * 3;
  canvas.height = image.height * 3;
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  return `Bewaard als ${name}`;
}

async function savePng(figure) {
  return save(await png(figure), `${figure.id}.png`);
}

async function saveSvg(figure) {
  return save(new Blob([withSource(figure)], { type: "image/svg+xml" }), `${figure.id}.svg`);
}

// Safari wants the promise of a picture, not the picture: the click must still be going on.
async function copyPng(figure) {
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": png(figure) })]);
  } catch {
    return savePng(figure);
  }
  return "Figuur gekopieerd";
}

function button(label, action, figure, said) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.setAttribute("aria-label", `${label}: ${figure.dataset.caption}`);
  made.addEventListener("click", async () => {
    said.textContent = "";
    said.textContent = await action(figure);
  });
  return made;
}

document.querySelectorAll(".report-chart").forEach((figure) => {
  const row = document.createElement("div");
  row.className = "report-copy no-print";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  if (window.ClipboardItem && navigator.clipboard) row.append(button("Kopieer", copyPng, figure, said));
  row.append(button("Bewaar als PNG", savePng, figure, said), button("Bewaar als SVG", saveSvg, figure, said), said);
  figure.append(row);
});

window.addEventListener("beforeprint", () => {
  document.querySelectorAll(".report-figures").forEach((details) => (details.open = true));
});
