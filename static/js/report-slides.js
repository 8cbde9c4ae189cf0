// Arrow keys go from chart to chart; without this script the page scrolls like any other.
const slides = [...document.querySelectorAll(".slide")];

function current() {
  const middle = window.innerHeight / 2;
  return slides.findIndex((slide) => {
    const place = slide.getBoundingClientRect();
    return place.top <= middle && place.bottom > middle;
  });
}

// A drawing that is wider than the screen keeps the arrows for itself while it has the focus.
const scrollsSideways = (drawing) => drawing.matches(".slide__drawing") && drawing.scrollWidth > drawing.clientWidth;

document.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey || scrollsSideways(event.target)) return;
  const next = slides[current() + step];
  if (!next) return;
  event.preventDefault();
  next.scrollIntoView();
  next.focus({ preventScroll: true });
});
