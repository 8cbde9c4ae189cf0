// What a browser adds to the report: where you are in it, and charts to take along.
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

// A chart leaves the page with the line that says what it is and where it is from.
function withSource(figure) {
  const svg = figure.querySelector("svg").cloneNode(true);
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  svg.setAttribute("viewBox", `0 0 ${width} ${height + 30}`);
  svg.setAttribute("width", width);
  svg.setAttribute("height", height + 30);
  const line = document.createElementNS("http://www.w3.org/2000/svg", "text");
  line.setAttribute("x", "0");
  line.setAttribute("y", String(height + 20));
  line.setAttribute("font-size", "11");
  line.textContent = figure.dataset.source;
  svg.append(line);
  return new XMLSerializer().serializeToString(svg);
}

function save(url, name) {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}

function saveSvg(figure) {
  const url = URL.createObjectURL(new Blob([withSource(figure)], { type: "image/svg+xml" }));
  save(url, `${figure.id}.svg`);
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function savePng(figure) {
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = image.width * 3;
    canvas.height = image.height * 3;
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    save(canvas.toDataURL("image/png"), `${figure.id}.png`);
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(withSource(figure))}`;
}

function button(label, action, figure) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.setAttribute("aria-label", `${label}: ${figure.dataset.caption}`);
  made.addEventListener("click", () => action(figure));
  return made;
}

document.querySelectorAll(".report-chart").forEach((figure) => {
  const row = document.createElement("div");
  row.className = "report-copy no-print";
  row.append(button("Bewaar als PNG", savePng, figure), button("Bewaar als SVG", saveSvg, figure));
  figure.append(row);
});

window.addEventListener("beforeprint", () => {
  document.querySelectorAll(".report-figures").forEach((details) => (details.open = true));
});
