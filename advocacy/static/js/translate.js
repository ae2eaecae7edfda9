// @ts-check
// Adds to the editor what a page alone cannot: keys, and a copy of what is being typed, in case the page is lost. The
// copy stays in this tab (sessionStorage) and is sent nowhere; signing out or closing the tab erases it.

/**
 * What is kept of one person's writing for one unit: what is typed on the page that is open, and what pages before it
 * were left with, oldest first, until its author says what becomes of it.
 * @typedef {Record<string, string>} Typed
 * @typedef {{typed: Typed | null, left: Typed[]}} Kept
 */
const MOST_LEFT = 9;

/** @param {string | undefined} place @returns {Kept} */
const keptAt = (place) => JSON.parse(sessionStorage.getItem(`text:${place}`) ?? '{"typed": null, "left": []}');

/** @param {string | undefined} place @param {Kept} kept */
function keepAt(place, { typed, left }) {
  if (typed || left.length) sessionStorage.setItem(`text:${place}`, JSON.stringify({ typed, left }));
  else sessionStorage.removeItem(`text:${place}`);
}

for (const note of document.querySelectorAll("[data-saved]")) {
  if (note instanceof HTMLElement) keepAt(note.dataset.saved, { ...keptAt(note.dataset.saved), typed: null });
}

/** @param {HTMLFormElement} form what is typed for it: texts, reasons, and the comment and the term beside it */
const fieldsOf = (form) =>
  Array.from(form.elements)
    .filter((field) => field instanceof HTMLTextAreaElement)
    .filter((field) => /^(text(_\d+)?|back|comment|term_\w+|reason-.+)$/.test(field.name));

/** @param {HTMLFormElement} form @returns {Typed} */
const saidIn = (form) => Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));

/** @param {HTMLFormElement} form @returns {Typed | null} what is typed there and saved nowhere, if anything is */
function typedIn(form) {
  const fields = fieldsOf(form);
  const isAsSaved = !("unsaved" in form.dataset) && fields.every((field) => field.value === field.defaultValue);
  return isAsSaved || fields.every((field) => field.value === "") ? null : saidIn(form);
}

/** @param {HTMLFormElement} form @param {Typed} typed whether the form says all of it already */
function saysAll(form, typed) {
  const said = saidIn(form);
  return Object.entries(typed).every(([name, value]) => value === (said[name] ?? ""));
}

/** @param {HTMLFormElement} form */
function keepTyped(form) {
  const place = form.dataset.shelf;
  const { typed, left } = keptAt(place);
  if (typed && !("unsaved" in form.dataset)) left.push(typed); // there, what was sent is shown
  const kept = { typed: /** @type {Typed | null} */ (null), left: left.filter((one) => !saysAll(form, one)) };
  kept.left = kept.left.slice(-MOST_LEFT);
  const keep = () => {
    kept.typed = typedIn(form);
    keepAt(place, kept);
  };
  keep();
  form.addEventListener("input", keep);
  for (const field of fieldsOf(form)) if (!form.contains(field)) field.addEventListener("input", keep);
  offerLeft(form, kept.left, keep);
}

/**
 * Offers what pages were left with, the newest first. What it takes the place of is offered in its stead.
 * @param {HTMLFormElement} form @param {Typed[]} left @param {() => void} keep
 */
function offerLeft(form, left, keep) {
  const offer = form.querySelector("[data-kept]");
  if (!(offer instanceof HTMLElement)) return;
  const text = offer.querySelector("[data-kept-text]");
  const show = () => {
    const newest = left.at(-1);
    if (text && newest) text.textContent = Object.values(newest).filter(Boolean).join("\n");
    offer.hidden = !newest;
  };
  const goOn = () => {
    keep();
    show();
    fieldsOf(form)[0].focus();
  };
  show();
  offer.querySelector("[data-kept-use]")?.addEventListener("click", () => {
    const own = typedIn(form);
    const taken = left.pop() ?? {};
    fillIn(form, taken);
    if (own && !saysAll(form, own)) left.push(own);
    fieldsOf(form)[0].dispatchEvent(new InputEvent("input", { bubbles: true })); // for the checks
    goOn();
  });
  offer.querySelector("[data-kept-drop]")?.addEventListener("click", () => {
    left.pop();
    goOn();
  });
}

/**
 * Fills in what was typed. A reason whose warning is not on the page goes along unseen until the checks show it.
 * @param {HTMLFormElement} form @param {Typed} typed
 */
function fillIn(form, typed) {
  const fields = fieldsOf(form);
  for (const field of fields) field.value = typed[field.name] ?? field.value;
  const names = new Set(fields.map((field) => field.name));
  for (const [name, value] of Object.entries(typed)) {
    if (!value || names.has(name)) continue;
    const unseen = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(unseen);
    form.addEventListener("checks-shown", () => {
      if (fieldsOf(form).some((field) => field.name === name)) unseen.remove();
    });
  }
}

/** @param {HTMLFormElement} form */
function addKeys(form) {
  const dialog = document.getElementById("keys");
  const opener = form.querySelector("[data-keys]");
  const quiet = dialog?.querySelector("[data-quiet]");
  if (!(dialog instanceof HTMLDialogElement) || !(opener instanceof HTMLElement)) return;
  if (!(quiet instanceof HTMLInputElement)) return;
  quiet.checked = localStorage.getItem("quiet-keys") === "yes";
  quiet.addEventListener("change", () => localStorage.setItem("quiet-keys", quiet.checked ? "yes" : "no"));
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || dialog.open) return;
    const act = actOf(event, form, dialog, quiet.checked);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

// A question mark, as keyboards of the languages that are written here have it.
const ASKS = new Set(["?", "؟", "？"]);

/**
 * What a key asks for, if anything.
 * @param {KeyboardEvent} event @param {HTMLFormElement} form @param {HTMLDialogElement} dialog @param {boolean} quiet
 */
function actOf(event, form, dialog, quiet) {
  const { key, altKey, shiftKey } = event;
  const control = event.ctrlKey || event.metaKey;
  const target = event.target instanceof Element ? event.target : document.body;
  if (key === "Enter" && control && !altKey && !shiftKey && form.contains(target)) {
    return () => form.requestSubmit(form.querySelector("button[value=submit]"));
  }
  if (altKey && !control && !shiftKey && (key === "ArrowUp" || key === "ArrowDown")) {
    const link = document.querySelector(key === "ArrowUp" ? "a[rel=prev]" : "a[rel=next]");
    return link instanceof HTMLElement ? () => link.click() : null;
  }
  if (ASKS.has(key) && !control && !altKey && !quiet && !target.closest("input, textarea, select")) {
    return () => dialog.showModal();
  }
  return null;
}

const wide = matchMedia("(min-width: 64rem)").matches;
const news = document.querySelector("main [role=alert]");
for (const form of document.querySelectorAll("form[data-enhance=editor]")) {
  if (!(form instanceof HTMLFormElement)) continue;
  keepTyped(form);
  addKeys(form);
  if (news instanceof HTMLElement) news.focus();
  else if (wide && !location.hash && !("unsaved" in form.dataset)) fieldsOf(form)[0]?.focus({ preventScroll: true });
}
