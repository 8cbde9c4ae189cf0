// Saves each answer in the background. Without this script every page is saved by its own button;
// with it nothing is lost when the connection is: answers wait in this browser until they are saved.
"use strict";

(() => {
  const form = document.querySelector("form[data-save]");
  // On the page of a round that closed, of somebody who left, and by an open link before and after filling in.
  const gone = document.querySelector("[data-forget]");
  const address = gone ? gone.dataset.forget : form.dataset.save;
  const place = `nog niet opgeslagen ${address}`;
  let inMemory = null; // what waits, if the browser keeps nothing for us
  const tabs = new BroadcastChannel(place);
  if (gone) {
    keepWaiting({});
    return tabs.postMessage("gone");
  }
  tabs.onmessage = () => location.reload(); // what another tab still shows is over, and says so

  const saving = form.querySelector("[data-saving]");
  const trouble = form.querySelector("[data-trouble]");
  const announce = form.querySelector("[data-announce]");
  const was = form.elements.was; // not on the page before sending, which has no statements
  const PATIENCE = 10_000; // milliseconds that a save may take
  const LONGEST_WAIT = 30_000;
  const NO_MORE = [404, 409]; // the link leads nowhere any more, or not to the questions
  const refused = {}; // texts that the server said no to: they wait until they are changed
  let running = false;
  let isSaved = false;
  let wait = 1_000;
  let retry, typing, request, leavesBy;

  // --- What is not saved yet, by name; other tabs of this link share it.
  function waiting() {
    if (inMemory) return inMemory;
    try {
      return JSON.parse(localStorage.getItem(place)) || {};
    } catch {
      return {};
    }
  }

  function keepWaiting(answers) {
    inMemory = null;
    try {
      if (Object.keys(answers).length) localStorage.setItem(place, JSON.stringify(answers));
      else localStorage.removeItem(place);
    } catch {
      inMemory = answers; // full, or not allowed: then it waits for as long as this page is open
    }
  }

  function toSend() {
    return Object.fromEntries(Object.entries(waiting()).filter(([name, value]) => refused[name] !== value));
  }

  function add(name, value) {
    keepWaiting({ ...waiting(), [name]: value });
  }

  function without(batch, faults) {
    const left = waiting();
    for (const [name, value] of Object.entries(batch)) {
      if (name in faults) {
        refused[name] = value;
        continue;
      }
      if (left[name] === value) delete left[name];
      const field = form.elements[name];
      if (field?.tagName === "TEXTAREA") field.defaultValue = value;
    }
    keepWaiting(left);
  }

  // --- What the page says of it.
  function say(state) {
    const isNews = (state === "unsaved") !== (saving.dataset.state === "unsaved");
    saving.textContent = saving.dataset[state];
    saving.dataset.state = state;
    if (state === "busy") return;
    trouble.hidden = state !== "unsaved";
    if (isNews && state !== "refused") announce.textContent = state === "unsaved" ? announce.dataset.lost : announce.dataset.back;
  }

  function showSaved({ shown, answered, minutes }) {
    if (!was) return;
    nowShown(shown);
    form.querySelector("[data-answered]").textContent = answered;
    form.querySelector("[data-minutes]").textContent = minutes;
    form.querySelector("[data-time]").hidden = !minutes;
    form.querySelector("progress").value = answered;
  }

  // The page's own button sends everything on it; the server saves what differs from what was shown. The class Shown
  // in assessments/filling/shown.py says how `was` is written.
  function marks() {
    return Object.fromEntries(was.value.split(" ").filter(Boolean).map((pair) => pair.split(":")));
  }

  function nowShown(shown) {
    const all = { ...marks(), ...shown };
    was.value = Object.entries(all).map((pair) => pair.join(":")).join(" ");
    for (const name of Object.keys(shown)) document.getElementById(`${name}-note`)?.remove();
  }

  function showFaults(batch, faults) {
    for (const place of document.querySelectorAll("[data-fault-of]")) {
      const name = place.dataset.faultOf;
      if (!(name in batch)) continue;
      place.textContent = faults[name] || "";
      place.hidden = !faults[name];
      document.getElementById(name)?.setAttribute("aria-invalid", String(name in faults));
      if (faults[name]) announce.textContent = faults[name];
    }
  }

  function firstFault() {
    return document.querySelector("[data-fault-of]:not([hidden])");
  }

  // --- Saving: one request at a time, also among tabs, so that the last answer is the last saved.
  async function save() {
    if (running) return;
    running = true;
    clearTimeout(retry);
    try {
      const isAsked = has(toSend());
      while (has(toSend())) await alone(send);
      if (leavesBy && !isAsked) await reach();
      wait = 1_000;
    } catch {
      say("unsaved");
      retry = setTimeout(save, wait);
      wait = Math.min(2 * wait, LONGEST_WAIT);
    } finally {
      running = false;
    }
    goOn();
  }

  // The button waited for a connection: is there one? Without it the browser would show its own error page.
  async function reach() {
    await fetch(location.href, { method: "HEAD", signal: AbortSignal.timeout(PATIENCE) });
    if (saving.dataset.state === "unsaved") say("saved");
  }

  function has(answers) {
    return Object.keys(answers).length > 0;
  }

  function alone(act) {
    return navigator.locks ? navigator.locks.request(place, act) : act();
  }

  async function send() {
    const batch = toSend();
    if (!has(batch)) return;
    if (saving.dataset.state !== "unsaved") say("busy");
    request = new AbortController();
    const timer = setTimeout(() => request.abort(), PATIENCE);
    try {
      const body = new URLSearchParams({ ...batch, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
      const response = await fetch(address, { method: "POST", body, signal: request.signal, redirect: "error" });
      if (NO_MORE.includes(response.status)) return await noMore();
      if (!response.ok) throw new Error(response.status);
      const saved = await response.json();
      without(batch, saved.faults);
      isSaved ||= Object.keys(batch).some((name) => !(name in saved.faults));
      showSaved(saved);
      showFaults(batch, saved.faults);
      if (firstFault()) say("refused");
      else if (!has(toSend())) say("saved");
    } finally {
      clearTimeout(timer);
    }
  }

  // The round closed or was removed, or this person left: nothing waits any longer, and the page says why.
  function noMore() {
    keepWaiting({});
    location.reload();
    return new Promise(() => {});
  }

  // --- What the participant does.
  form.addEventListener("change", ({ target }) => {
    if (!target.name || target.type === "hidden") return;
    leavesBy = null; // goes on here, so does not leave
    add(target.name, target.value);
    save();
  });

  form.addEventListener("input", ({ target }) => {
    if (target.tagName !== "TEXTAREA") return;
    leavesBy = null;
    add(target.name, target.value);
    clearTimeout(typing);
    typing = setTimeout(save, 1_500);
  });

  // Leaving the page needs a connection: without one the browser would show its own error page. And nobody can send a
  // questionnaire while something of it still waits, not even a text that is too long.
  function mayLeave() {
    return !has(was ? toSend() : waiting());
  }

  // Then the next page is enough: sending this one would save nothing. A text is as it was saved if it is the default.
  function isAllSaved() {
    const saved = marks();
    const chosen = [...form.querySelectorAll("input[type=radio]:checked")];
    const written = [...form.querySelectorAll("textarea")];
    return chosen.every(({ name, value }) => saved[name] === value)
      && written.every(({ value, defaultValue }) => value === defaultValue);
  }

  form.addEventListener("submit", (event) => {
    const to = event.submitter?.dataset.to;
    if (mayLeave() && (leavesBy || navigator.onLine)) {
      if (!to || !isAllSaved()) return;
      event.preventDefault();
      return location.assign(to);
    }
    event.preventDefault();
    leavesBy = event.submitter;
    clearTimeout(typing);
    if (has(toSend()) || !navigator.onLine) save();
    else firstFault()?.focus();
  });

  function goOn() {
    if (saving.dataset.state === "unsaved") return; // a press of the button is carried out once it is saved
    if (leavesBy && mayLeave()) return form.requestSubmit(leavesBy);
    if (!was && isSaved && !leavesBy && !has(toSend())) location.reload(); // what it says of gaps is old
  }

  addEventListener("online", save);

  // --- What an earlier visit could not save.
  for (const [name, value] of Object.entries(waiting())) {
    const field = form.elements[name];
    if (field) field.value = value;
  }
  save();
})();
