// Keeps parts of a page true that change while somebody looks, and lets a button show that it is at work. A part is an
// element with an id and data-live, the seconds between two looks; the page leaves data-live out when the part is
// done. Without this script there is a link to look again.
const LONGEST = 60; // seconds between two looks when nothing changes, or nothing answers
const SPOKEN = 30; // seconds at least between two announcements to a screen reader
const QUIET_TRIES = 3; // looks without news before the next one waits longer

const announcer = document.createElement("p");
announcer.className = "visually-hidden";
announcer.setAttribute("role", "status");
let timer, wait, tries, request;
let spokenAt = Date.now();

const live = () => [...document.querySelectorAll("[data-live]")];

function plan() {
  clearTimeout(timer);
  if (live().length && !document.hidden) timer = setTimeout(look, wait * 1000);
}

function begin() {
  wait = Math.min(LONGEST, ...live().map((part) => Number(part.dataset.live)));
  tries = 0;
  plan();
}

async function look() {
  request?.abort();
  request = new AbortController();
  try {
    // The header says that nobody asks: a page that lies open keeps nobody signed in.
    const asked = { signal: request.signal, cache: "no-store", headers: { "X-Asked-By": "script" } };
    const answer = await fetch(location.href, asked);
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const news = live().map((part) => renew(part, page.getElementById(part.id)));
    if (news.includes(true)) return begin();
    tries += 1;
    if (tries >= QUIET_TRIES) wait = Math.min(wait * 1.5, LONGEST);
  } catch (fault) {
    if (fault.name === "AbortError") return;
    wait = Math.min(wait * 2, LONGEST); // away, or signed out: the page stays as it was
  }
  plan();
}

// Takes over one part, unless somebody is busy in it; returns whether there was news.
function renew(part, fresh) {
  if (!fresh) {
    part.removeAttribute("data-live");
    return true;
  }
  if (part.outerHTML === keepState(part, fresh).outerHTML || isInUse(part)) return false;
  const renewed = document.adoptNode(fresh);
  const scrolled = [...part.querySelectorAll(".table-scroll")].map((box) => box.scrollLeft);
  part.replaceWith(renewed);
  renewed.querySelectorAll(".table-scroll").forEach((box, place) => (box.scrollLeft = scrolled[place] ?? 0));
  speak(renewed);
  return true;
}

function isInUse(part) {
  const selection = getSelection();
  return part.contains(document.activeElement) || (!selection.isCollapsed && part.contains(selection.anchorNode));
}

// Keeps open what was folded open.
function keepState(part, fresh) {
  const open = [...part.querySelectorAll("details")].map((details) => details.open);
  fresh.querySelectorAll("details").forEach((details, place) => (details.open = open[place] ?? details.open));
  return fresh;
}

// Lets a screen reader say how a part is, now and then and at the end.
function speak(part) {
  const text = part.querySelector("[data-live-says]");
  if (!text || (part.dataset.live && Date.now() - spokenAt < SPOKEN * 1000)) return;
  spokenAt = Date.now();
  announcer.textContent = text.textContent.trim().replace(/\s+/g, " ");
}

if (live().length) {
  document.querySelector("main").append(announcer);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) clearTimeout(timer);
    else if (live().length) look();
  });
  begin();
}

// A form that takes seconds: its button says so, and a second click does nothing.
document.querySelectorAll("form[data-busy]").forEach((form) => {
  const button = form.querySelector("[type=submit]");
  const label = button.textContent;
  form.addEventListener("submit", (event) => {
    if (button.getAttribute("aria-disabled")) return event.preventDefault();
    button.setAttribute("aria-disabled", "true");
    button.textContent = form.dataset.busy;
  });
  addEventListener("pageshow", () => {
    button.removeAttribute("aria-disabled");
    button.textContent = label;
  });
});

// A page that is being left asks nothing more: what the answer says would be lost.
addEventListener("submit", () => {
  clearTimeout(timer);
  request?.abort();
});
