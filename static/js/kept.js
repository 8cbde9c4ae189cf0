// Keeps what somebody wrote in a long form while they sign in again: the session had ended, or they signed in elsewhere.
// It is kept for this tab alone, an hour at most, from sending until the next page of the same account is there.
"use strict";

(() => {
  const PLACE = "nog niet opgeslagen tekst";
  const HOUR = 3_600_000;
  const { user } = document.currentScript.dataset; // "" where nobody is signed in, or the form was refused

  function read() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(PLACE));
      return kept && Date.now() - kept.at < HOUR ? kept : null;
    } catch {
      return null;
    }
  }

  function keep(kept) {
    try {
      if (kept) sessionStorage.setItem(PLACE, JSON.stringify(kept));
      else sessionStorage.removeItem(PLACE);
    } catch {
      // full, or not allowed: then it is as it would be without this script
    }
  }

  const here = () => location.pathname + location.search;
  const forms = () => [...document.querySelectorAll("main form[method=post]")];
  const isLong = (form) =>
    form.querySelector("textarea, input[type=text]") && !form.querySelector("input[type=password], input[type=file]");

  const isChoice = (field) => field.type === "checkbox" || field.type === "radio";
  const isGiven = (name, value) => kept.fields.some((one) => one[0] === name && one[1] === value);
  const written = () => kept.fields.map(([, value]) => value).filter((value) => value.includes(" ")).join("\n");

  // --- Sending
  addEventListener("submit", ({ target, defaultPrevented }) => {
    if (!user || defaultPrevented || target.method !== "post") return;
    if (!isLong(target)) return keep(null); // signing out, too
    const fields = [...new FormData(target)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && value.slice);
    keep({ user, at: Date.now(), path: here(), place: forms().indexOf(target), fields });
  });

  // --- The page after it
  const kept = read();
  if (!kept) return keep(null);
  if (!user) {
    keep({ ...kept, isRefused: true });
    setTimeout(() => keep(null), kept.at + HOUR - Date.now()); // also where nobody touches this tab any more
    const back = document.querySelector("[data-kept]");
    if (back) {
      back.hidden = false;
      back.querySelector("a").href = kept.path;
      document.querySelector("[data-words]")?.remove(); // to copy, where nothing is kept
    }
  } else if (!kept.isRefused || kept.user !== user) keep(null); // it arrived, or it is somebody else's
  else if (kept.path !== here()) {
    const link = Object.assign(document.createElement("a"), { href: kept.path, textContent: "Ga terug naar het formulier." });
    notice(document.querySelector("main"), "Wat u schreef voor u opnieuw inlogde, is nog niet opgeslagen. ", link);
  } else putBack(forms()[kept.place]);

  function putBack(form) {
    keep(null);
    if (!form) return notice(document.querySelector("main"), "Dit schreef u voor u opnieuw inlogde: ", written());
    for (const field of form.elements) {
      if (!field.name || field.name === "csrfmiddlewaretoken" || field.type === "submit") continue;
      const at = kept.fields.findIndex(([name, value]) => name === field.name && (!isChoice(field) || value === field.value));
      if (isChoice(field)) field.checked = at >= 0;
      else if (field.options) for (const one of field.options) one.selected = isGiven(field.name, one.value);
      else if (at >= 0) field.value = kept.fields[at][1];
      if (at >= 0) kept.fields.splice(at, 1); // of fields with one name each has its own
    }
    notice(form, "U moest opnieuw inloggen. Wat u had geschreven, staat hier weer. Het is nog niet opgeslagen.");
  }

  function notice(before, ...parts) {
    const box = document.createElement("div");
    box.className = "utrecht-alert utrecht-alert--info";
    box.setAttribute("role", "status");
    box.tabIndex = -1;
    const line = document.createElement("p");
    line.append(...parts);
    box.append(line);
    before.prepend(box);
    box.focus();
  }
})();
