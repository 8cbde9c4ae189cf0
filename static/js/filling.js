// Saves each answer in the background. Without this script every page is saved by its own button;
// with it nothing is lost when the connection is: answers wait in this browser until they are saved.
"use strict";

(() => {
  const form = document.querySelector("form[data-save]");
  if (!form) return sendWhatIsLeft(document.querySelector("form[data-send]"));

  const address = form.dataset.save;
  const place = `nog niet opgeslagen ${address}`;
  const saving = form.querySelector("[data-saving]");
  const trouble = form.querySelector("[data-trouble]");
  const announce = form.querySelector("[data-announce]");
  const was = form.elements.was;
  const PATIENCE = 10_000; // milliseconds that a save may take
  const LONGEST_WAIT = 30_000;
  let inMemory = {}; // where the browser keeps nothing for us
  let running = false;
  let wait = 1_000;
  let retry, typing, request;

  // --- What is not saved yet, by name; other tabs of this link share it.
  function waiting() {
    try {
      return JSON.parse(localStorage.getItem(place)) || {};
    } catch {
      return inMemory;
    }
  }

  function keepWaiting(answers) {
    inMemory = answers;
    try {
      if (Object.keys(answers).length) localStorage.setItem(place, JSON.stringify(answers));
      else localStorage.removeItem(place);
    } catch {
      // Full, or not allowed: then it waits in memory, for as long as this page is open.
    }
  }

  function add(name, value) {
    keepWaiting({ ...waiting(), [name]: value });
  }

  function without(done) {
    const left = waiting();
    for (const [name, value] of Object.entries(done)) if (left[name] === value) delete left[name];
    keepWaiting(left);
    return Object.keys(left).length;
  }

  // --- What the page says of it.
  function say(state) {
    const isNews = (state === "unsaved") !== (saving.dataset.state === "unsaved");
    saving.textContent = saving.dataset[state];
    saving.dataset.state = state;
    if (state === "busy") return;
    trouble.hidden = state !== "unsaved";
    if (isNews) announce.textContent = state === "unsaved" ? announce.dataset.lost : announce.dataset.back;
  }

  function showProgress({ answered, minutes }) {
    form.querySelector("[data-answered]").textContent = answered;
    form.querySelector("[data-minutes]").textContent = minutes;
    form.querySelector("[data-time]").hidden = !minutes;
    form.querySelector("progress").value = answered;
  }

  // The page's own button sends everything on it; the server saves what differs from what was shown.
  function nowShown(shown) {
    const pairs = was.value.split(" ").filter(Boolean).map((pair) => pair.split(":"));
    const all = { ...Object.fromEntries(pairs), ...shown };
    was.value = Object.entries(all).map((pair) => pair.join(":")).join(" ");
    for (const name of Object.keys(shown)) document.getElementById(`${name}-note`)?.remove();
  }

  function showFaults(faults) {
    for (const field of form.querySelectorAll("textarea")) {
      const fault = document.getElementById(`${field.id}-fault`);
      fault.textContent = faults[field.name] || "";
      fault.hidden = !faults[field.name];
      field.toggleAttribute("aria-invalid", Boolean(faults[field.name]));
    }
  }

  // --- Saving: one request at a time, also among tabs, so that the last answer is the last saved.
  async function save() {
    if (running) return;
    running = true;
    clearTimeout(retry);
    try {
      while (Object.keys(waiting()).length) await alone(send);
      wait = 1_000;
    } catch {
      say("unsaved");
      retry = setTimeout(save, wait);
      wait = Math.min(2 * wait, LONGEST_WAIT);
    } finally {
      running = false;
    }
  }

  function alone(act) {
    return navigator.locks ? navigator.locks.request(place, act) : act();
  }

  async function send() {
    const batch = waiting();
    if (!Object.keys(batch).length) return;
    if (saving.dataset.state !== "unsaved") say("busy");
    request = new AbortController();
    const timer = setTimeout(() => request.abort(), PATIENCE);
    try {
      const body = new URLSearchParams({ ...batch, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
      const response = await fetch(address, { method: "POST", body, signal: request.signal, redirect: "error" });
      if (response.status === 409) return location.reload(); // the round closed: the page says so
      if (!response.ok) throw new Error(response.status);
      const saved = await response.json();
      const left = without(batch);
      nowShown(saved.shown);
      showProgress(saved);
      showFaults(saved.faults);
      if (Object.keys(saved.faults).length) saying(saved.faults);
      else if (!left) say("saved");
    } finally {
      clearTimeout(timer);
    }
  }

  function saying(faults) {
    saving.textContent = saving.dataset.unsaved;
    saving.dataset.state = "fault";
    announce.textContent = Object.values(faults).join(" ");
  }

  // --- What the participant does.
  form.addEventListener("change", ({ target }) => {
    if (!target.name || target.type === "hidden") return;
    add(target.name, target.value);
    save();
  });

  form.addEventListener("input", ({ target }) => {
    if (target.tagName !== "TEXTAREA") return;
    add(target.name, target.value);
    clearTimeout(typing);
    typing = setTimeout(save, 1_500);
  });

  // Leaving the page needs a connection: without one it would be the browser's own error page.
  form.addEventListener("submit", async (event) => {
    if (!Object.keys(waiting()).length) return;
    event.preventDefault();
    const { submitter } = event;
    clearTimeout(typing);
    await save();
    while (running) await new Promise((resume) => setTimeout(resume, 50));
    if (Object.keys(waiting()).length) saving.scrollIntoView({ block: "center" });
    else form.requestSubmit(submitter);
  });

  addEventListener("online", save);

  // --- What an earlier visit could not save.
  for (const [name, value] of Object.entries(waiting())) {
    const field = form.elements[name];
    if (field) field.value = value;
  }
  save();

  // On the page before sending: answers that an earlier page could not save go first.
  async function sendWhatIsLeft(last) {
    const place = last && `nog niet opgeslagen ${last.dataset.send}`;
    const left = place && localStorage.getItem(place);
    if (!left) return;
    const body = new URLSearchParams({ ...JSON.parse(left), csrfmiddlewaretoken: last.elements.csrfmiddlewaretoken.value });
    const sent = fetch(last.dataset.send, { method: "POST", body, redirect: "error" }).catch(() => null);
    let isSending = false;
    let isSent = false;
    last.addEventListener("submit", async (event) => {
      if (isSent) return;
      event.preventDefault();
      if (isSending) return;
      isSending = true;
      await sent;
      isSent = true;
      last.requestSubmit(event.submitter);
    });
    const response = await sent;
    isSent = true;
    if (!response?.ok) return;
    localStorage.removeItem(place);
    if (!isSending) location.reload();
  }
})();
