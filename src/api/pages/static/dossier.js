// The keyboard and the drafts of the desk. Every act is a plain link or form without this script.
"use strict";

const rows = () => [...document.querySelectorAll("[data-row]")];
const inField = (at) => at.closest("input, textarea, select, [contenteditable]");
const places = { t: "/today", m: "/mine", i: "/inbox", o: "/outbox", d: "/disputes", k: "/debtors", v: "/invoices" };
let leading = "";

/** Move the cursor: real focus on the row's link, and the row is the current one. */
function move(step) {
  const all = rows();
  const now = all.findIndex((row) => row.getAttribute("aria-current") === "true");
  const next = all[Math.min(Math.max(now + step, 0), all.length - 1)];
  if (!next) return;
  all.forEach((row) => row.removeAttribute("aria-current"));
  next.setAttribute("aria-current", "true");
  const link = next.querySelector("a[href]");
  if (link) link.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

/** Press the button or link of a key: in the current row first, then on the page. */
function press(key) {
  const row = document.querySelector("[data-row][aria-current='true']");
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  const found = (row && row.querySelector(wanted)) || document.querySelector(`main > .crumbs ${wanted}, main > .deed-bar ${wanted}`);
  if (found) found.click();
  return Boolean(found);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || localStorage.getItem("keys") === "off") return;
  if (event.key === "Escape" && !document.querySelector(":popover-open")) { press("Escape"); return; }
  if (inField(event.target)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (leading === "g" && places[key]) { location.assign(places[key]); return; }
  leading = key === "g" ? "g" : "";
  if (key === "j" || key === "ArrowDown") move(1);
  else if (key === "k" || key === "ArrowUp") move(-1);
  else if (key === "x") document.querySelector("[data-row][aria-current='true'] .tick input")?.click();
  else if (key === "o") document.querySelector("[data-row][aria-current='true'] a[href]")?.click();
  else if (key === "/") document.querySelector(".side .find input")?.focus();
  else if (key === "?") location.assign("/keys");
  else if (!press(key)) return;
  event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-row]");
  if (!row) return;
  rows().forEach((other) => other.removeAttribute("aria-current"));
  row.setAttribute("aria-current", "true");
});

// Half-typed words survive a reload and a crash; they go when the server has taken the form.
for (const form of document.querySelectorAll("form[data-form]")) {
  const name = (field) => `draft ${form.dataset.form} ${field.name}`;
  const fields = [...form.querySelectorAll("[data-draft]")];
  for (const field of fields) {
    const kept = localStorage.getItem(name(field));
    if (kept && !field.value) field.value = kept;
    field.addEventListener("input", () => localStorage.setItem(name(field), field.value));
  }
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    sessionStorage.setItem("sent", form.dataset.form);
  });
}
if (new URLSearchParams(location.search).has("did")) {
  const sent = `draft ${sessionStorage.getItem("sent")} `;
  Object.keys(localStorage).filter((key) => key.startsWith(sent)).forEach((key) => localStorage.removeItem(key));
}
