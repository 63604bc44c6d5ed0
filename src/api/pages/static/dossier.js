// The keyboard, the drafts and the live updates of the desk. Every act is a plain link or form
// without this script.
"use strict";

const FIELD = "input, textarea, select, [contenteditable]";
const rows = () => [...document.querySelectorAll("[data-row]")];
const current = () => document.querySelector("[data-row][aria-current='true']");
const inField = (at) => at.closest(FIELD);
const places = { t: "/today", m: "/mine", i: "/inbox", o: "/outbox", d: "/disputes", k: "/debtors", v: "/invoices" };
let leading = "";

/** Put the cursor on a row: real focus on its link, and the row is the current one. */
function stand(row) {
  if (!row) return;
  rows().forEach((other) => other.removeAttribute("aria-current"));
  row.setAttribute("aria-current", "true");
  const link = row.querySelector("a[href]");
  if (link) link.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const all = rows();
  stand(all[Math.min(Math.max(all.indexOf(current()) + step, 0), all.length - 1)]);
}

/** Press the button or link of a key: in the current row first, then on the page. */
function press(key) {
  const row = current();
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  const found = (row && row.querySelector(wanted)) || document.querySelector(`main > .crumbs ${wanted}, main > .deed-bar ${wanted}, .hints ${wanted}, .toast ${wanted}, main > .card > .row ${wanted}`);
  if (found) found.click();
  return Boolean(found);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Escape" && !document.querySelector(":popover-open")) { press("Escape"); return; }
  if (inField(event.target) && event.target.type !== "checkbox") return;
  const letter = event.key.length === 1;
  if (letter && document.body.dataset.keys === "off") return;
  const key = letter ? event.key.toLowerCase() : event.key;
  if (leading === "g" && places[key]) { location.assign(places[key]); return; }
  leading = key === "g" ? "g" : "";
  const steps = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
  if (steps[key] && rows().length) move(steps[key]);
  else if (key === "x") tick(current()?.querySelector(".tick input"), event.shiftKey);
  else if (key === "o") current()?.querySelector("a[href]")?.click();
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

// ---------- selection: Shift takes all from the last box to this one ----------
let anchor;

function tick(box, range) {
  if (box) box.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: range }));
}

document.addEventListener("click", (event) => {
  const box = event.target.closest(".tick input");
  if (!box) return;
  const boxes = [...document.querySelectorAll(".tick input")];
  const [from, to] = [boxes.indexOf(anchor), boxes.indexOf(box)].sort((first, second) => first - second);
  if (event.shiftKey && from >= 0) boxes.slice(from, to + 1).forEach((other) => { other.checked = box.checked; });
  anchor = box;
});

// ---------- the place in a list: kept for the file, and for the way back ----------
const DEEDS = ["s", "e"]; // acts on the task, which the file of its invoice does not have
/** An address without what names the last act, as it is written everywhere. */
function plainAddress(address) {
  const at = new URL(address, location.origin);
  ["did", "at_least"].forEach((name) => at.searchParams.delete(name));
  return at.pathname + (at.searchParams.size ? `?${at.searchParams}` : "");
}
const here = plainAddress(location.href);
const kept = (name) => JSON.parse(sessionStorage.getItem(name));
const keep = (name, value) => sessionStorage.setItem(name, JSON.stringify(value));

/** Keep the rows of this list for the files that are opened from it. */
function keepList() {
  const list = document.querySelector("main [data-list]");
  if (!list) return;
  const before = Object.keys(sessionStorage).map((name) => name.startsWith("list ") && kept(name)).find((earlier) => earlier?.next === here);
  const next = document.querySelector("main a[rel=next]");
  keep(`list ${here}`, {
    first: before ? before.first + before.rows.length : 0,
    total: Number(list.dataset.total || before?.total || 0),
    next: next && plainAddress(next.href),
    rows: rows().map((row) => ({
      key: keyOf(row),
      file: row.querySelector("a[href]").getAttribute("href"),
      deeds: DEEDS.map((key) => row.querySelector(`[data-key=${key}]`)).filter(Boolean).map((deed) => ({
        key: deed.dataset.key, address: deed.getAttribute("href"), word: deed.querySelector(".label")?.textContent || deed.textContent, icon: deed.querySelector("use")?.getAttribute("href"),
      })),
    })),
  });
}

/** Stand where the reader was: after an act on the next row, or on the last. */
function standAgain() {
  const cursor = kept("cursor");
  if (cursor?.list !== here) return;
  const all = rows(), at = all.findIndex((row) => keyOf(row) === cursor.key);
  const done = new URLSearchParams(location.search).has("did") && !cursor.undoes;
  if (all.length) stand(all[Math.min(at < 0 ? cursor.at : at + (done ? 1 : 0), all.length - 1)]);
  if (done) keep("done", cursor);
  sessionStorage.removeItem("cursor");
}

document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row]"), at = event.target.closest("a[href], button");
  if (row && at) keep("cursor", { list: here, key: keyOf(row), at: rows().indexOf(row) });
  else if (at?.closest(".toast")) keep("cursor", { ...kept("done"), undoes: true });
});

/** In a file that was opened from a list: its place there, the next and the previous, and the acts
 * on its task, by the same keys as in the list. */
function openFile() {
  const back = new URLSearchParams(location.search).get("back");
  const list = back && kept(`list ${plainAddress(back)}`), crumbs = document.querySelector("main > .crumbs");
  const at = list?.rows.findIndex((row) => new URL(row.file, location.origin).pathname === location.pathname);
  if (!crumbs || !(at >= 0)) return;
  const made = document.getElementById("place").content.cloneNode(true), words = made.querySelector("span span");
  const total = list.total || (list.next ? `${list.first + list.rows.length}+` : list.rows.length);
  words.textContent = words.textContent.replace("{place}", list.first + at + 1).replace("{count}", total);
  [[-1, "k"], [1, "j"]].forEach(([step, key]) => {
    const link = made.querySelector(`[data-key=${key}]`), row = list.rows[at + step];
    if (row) link.href = row.file;
    else link.remove();
  });
  made.firstChild.dataset.ours = "";
  crumbs.append(made);
  keep("cursor", { list: plainAddress(back), key: list.rows[at].key, at });
  const bar = document.querySelector("main > .deed-bar");
  list.rows[at].deeds.forEach((deed) => {
    if (!bar) return;
    const link = bar.querySelector("a").cloneNode(true);
    Object.assign(link, { href: deed.address });
    Object.assign(link.dataset, { key: deed.key, ours: "" });
    link.querySelector("use").setAttribute("href", deed.icon);
    link.childNodes[1].data = deed.word;
    link.querySelector("kbd").textContent = deed.key.toUpperCase();
    bar.append(link);
  });
}

// ---------- half-typed words survive a reload and a crash; they go when the server has them ----------
const drafts = (form) => `draft ${document.body.dataset.me} ${form}`;
for (const form of document.querySelectorAll("form[data-form]")) {
  for (const field of form.querySelectorAll("input:not([type=hidden], [type=file]), textarea, select")) {
    const box = field.type === "checkbox"; // of its name there are several, each with a value
    const name = `${drafts(form.dataset.form)} ${field.name}${box ? ` ${field.value}` : ""}`;
    const typed = localStorage.getItem(name);
    if (typed !== null && !document.querySelector("main > .errors")) {
      if (box) field.checked = typed === "ticked";
      else if (field.type === "radio") field.checked = field.value === typed;
      else field.value = typed;
    }
    field.addEventListener("input", () =>
      localStorage.setItem(name, box ? (field.checked ? "ticked" : "") : field.value));
  }
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) form.requestSubmit();
  });
  form.addEventListener("submit", () => sessionStorage.setItem("sent", form.dataset.form));
}
const forget = (start) =>
  Object.keys(localStorage).filter((key) => key.startsWith(start)).forEach((key) => localStorage.removeItem(key));
const recorded = new URLSearchParams(location.search).has("did") || document.querySelector("[data-recorded]");
if (recorded && sessionStorage.getItem("sent")) {
  forget(`${drafts(sessionStorage.getItem("sent"))} `);
  sessionStorage.removeItem("sent");
}
document.querySelector("form[action='/sign-out']")?.addEventListener("submit", () => {
  forget("draft ");
  sessionStorage.clear();
});

// ---------- live: what others change appears; what somebody edits here is left as it is ----------
const changed = new Map(); // book or case: who changed it
const OURS = ["aria-current", "open"]; // attributes that the script or the reader sets
let source, waits, asking;

const dirty = (field) =>
  field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
    : field.options ? field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected))
      : field.type !== "hidden" && field.value !== field.defaultValue;
/** Whether somebody is at work in there: a field has focus or text, a menu or form is open. */
const busy = (at) =>
  (at.contains(document.activeElement) && inField(document.activeElement)) ||
  [at, ...at.querySelectorAll(FIELD)].some((field) => field.matches(FIELD) && dirty(field)) ||
  at.querySelector(":popover-open, details[open] form, details[open]:scope form");
/** The name of a part of a list, by which its new version is found. */
const keyOf = (at) => at.id || (at.matches?.("[data-row], tbody, li") && at.querySelector("a[href]")?.getAttribute("href"));
const served = new WeakMap(); // each row as the server wrote it, whatever happens to it here
const remember = () => rows().forEach((row) => served.has(row) || served.set(row, row.cloneNode(true)));

/** Tell beside what is being edited that somebody changed it, and let the reader ask for it. */
function note(at, show) {
  const place = at.querySelector(".what, :scope > th") || at.parentElement;
  if (place.querySelector(":scope > .changed-note")) return;
  const made = document.getElementById("changed").content.cloneNode(true);
  const who = [...changed].find(([id]) => at.outerHTML.includes(id) || location.pathname.includes(id));
  const words = made.querySelector("span"), button = made.querySelector("button");
  words.textContent = who ? words.textContent.replace("{who}", who[1]) : words.dataset.else;
  button.addEventListener("click", show || (() => {
    at.querySelectorAll(":checked").forEach((box) => box.click());
    at.querySelectorAll(":popover-open").forEach((menu) => menu.hidePopover());
    button.parentElement.remove();
    refresh();
  }));
  made.firstChild.dataset.ours = "";
  if (place === at.parentElement) made.firstChild.classList.add("notice", "warn");
  if (place === at.parentElement) place.insertBefore(made, at);
  else place.append(made);
}

/** Take away what is gone, but no row that somebody is at work in. */
function remove(gone) {
  if (gone.nodeType !== 1 || !busy(gone)) { gone.remove(); return; }
  if (gone.matches("[data-row]")) note(gone);
  else gone.querySelectorAll("[data-row]").forEach(remove);
}

const solid = (node) => node.nodeType !== 3 || Boolean(node.data.trim());

/** Make a part of the page what its new version is, and keep the nodes that stay. */
function morph(old, now) {
  if (old.nodeType !== 1) { if (old.data !== now.data) old.data = now.data; return; }
  const row = old.matches("[data-row]");
  if ((row ? served.get(old) : old).isEqualNode(now)) return;
  if ((row || old.matches(`form, details, ${FIELD}`)) && busy(old)) { if (row) note(old); return; }
  for (const { name, value } of now.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const { name } of [...old.attributes]) if (!now.hasAttribute(name) && !OURS.includes(name)) old.removeAttribute(name);
  if (row) {
    const focused = old.contains(document.activeElement);
    old.replaceChildren(...[...now.childNodes].map((child) => document.importNode(child, true)));
    served.set(old, now);
    old.classList.add("changed");
    if (focused) old.querySelector("a[href]")?.focus({ preventScroll: true });
    return;
  }
  const stays = new Set([...now.children].map(keyOf));
  const leaves = (node) => keyOf(node) && !stays.has(keyOf(node));
  [...old.children].filter(leaves).forEach(remove);
  const known = new Map([...old.children].map((child) => [keyOf(child), child]));
  const past = (node) => {
    while (node && (!solid(node) || node.dataset?.ours !== undefined || leaves(node))) node = node.nextSibling;
    return node;
  };
  let spot = past(old.firstChild);
  for (const child of [...now.childNodes].filter(solid)) {
    const key = keyOf(child);
    const found = key ? known.get(key) : spot && !keyOf(spot) && spot.nodeName === child.nodeName && spot;
    if (found) {
      if (found === spot) spot = past(spot.nextSibling);
      else old.insertBefore(found, spot);
      morph(found, child);
    } else {
      const made = old.insertBefore(document.importNode(child, true), spot);
      const fresh = made.nodeType === 1 ? [made, ...made.querySelectorAll("[data-row]")].filter((part) => part.matches("[data-row]")) : [];
      remember();
      fresh.forEach((part) => part.classList.add("changed"));
    }
  }
  while (spot) { const gone = spot; spot = past(spot.nextSibling); remove(gone); }
}

/** Read the page again and show what is new in it: counts always, a form that is open never. */
function refresh() {
  if (asking) { waits ??= setTimeout(later, 1000); return; }
  const address = new URL(location.href);
  address.searchParams.delete("did");
  asking = new XMLHttpRequest(); // it parses into a document, without a sink of markup
  asking.open("GET", address);
  asking.responseType = "document";
  asking.setRequestHeader("X-Live", "1");
  asking.onloadend = () => {
    const { response: page, status, responseURL } = asking;
    asking = undefined;
    if (status !== 200 || !page?.body || new URL(responseURL).pathname !== location.pathname) return;
    const at = rows().indexOf(current()), focused = current()?.contains(document.activeElement);
    const side = document.getElementById("side");
    morph(side, page.getElementById("side"));
    const form = document.querySelector("form[data-form]");
    if (!form) {
      document.title = page.title;
      morph(document.getElementById("main"), page.getElementById("main"));
      keepList();
    }
    if (at >= 0 && !current()) {
      const next = rows()[Math.min(at, rows().length - 1)];
      if (focused) stand(next); else next?.setAttribute("aria-current", "true");
    }
  };
  asking.send();
}

function later() {
  waits = undefined;
  const form = document.querySelector("form[data-form]"), here = location.pathname;
  const about = [...changed].find(([id, who]) => here.includes(id) && who !== document.body.dataset.me);
  if (form && about) {
    const file = here.match(/^\/(invoices|debtors|disputes)\/[^/]+/);
    const link = file ? `${file[0]}?back=${encodeURIComponent(here + location.search)}` : document.querySelector(".crumbs a")?.href;
    note(form, () => location.assign(link));
  }
  refresh();
}

function listen() {
  if (document.hidden || source || !document.body.dataset.at) return;
  source = new EventSource(`/live?after=${document.body.dataset.at}`);
  source.onmessage = (event) => {
    document.body.dataset.at = event.lastEventId;
    Object.entries(JSON.parse(event.data).changed).forEach(([id, who]) => changed.set(id, who));
    waits ??= setTimeout(later, 300);
  };
  source.onerror = () => {
    if (source?.readyState !== EventSource.CLOSED) return;
    source = undefined;
    setTimeout(listen, 60_000);
  };
}

function rest() {
  source?.close();
  source = undefined;
}

document.addEventListener("visibilitychange", () => { if (document.hidden) rest(); else listen(); });
addEventListener("pagehide", rest);
addEventListener("pageshow", listen);

remember();
keepList();
standAgain();
openFile();
