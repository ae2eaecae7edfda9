// @ts-check
// Adds to the editor what a page alone cannot: keys, and a copy of what is being typed, in case the page is lost. The
// copy stays in this tab (sessionStorage) and is sent nowhere; signing out or closing the tab erases it.

/** @param {string | undefined} place of one person's text for one unit */
const shelf = (place) => `text:${place}`;

for (const note of document.querySelectorAll("[data-saved]")) {
  if (note instanceof HTMLElement) sessionStorage.removeItem(shelf(note.dataset.saved));
}

/** @param {HTMLFormElement} form what is typed for it, the comment and the term beside it as well */
const fieldsOf = (form) =>
  Array.from(form.elements)
    .filter((field) => field instanceof HTMLTextAreaElement)
    .filter((field) => /^(text(_\d+)?|back|comment|term_\w+)$/.test(field.name));

/** @param {HTMLTextAreaElement[]} fields */
const typedIn = (fields) => Object.fromEntries(fields.map((field) => [field.name, field.value]));

/** @param {HTMLFormElement} form */
function keepTyped(form) {
  const fields = fieldsOf(form);
  const key = shelf(form.dataset.shelf);
  if ("unsaved" in form.dataset) sessionStorage.setItem(key, JSON.stringify(typedIn(fields)));
  const keep = () => {
    const asLoaded = fields.every((field) => field.value === field.defaultValue);
    if (asLoaded && !("unsaved" in form.dataset)) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(typedIn(fields)));
  };
  for (const field of fields) field.addEventListener("input", keep);
  offerKept(form, fields, key);
}

/** @param {HTMLFormElement} form @param {HTMLTextAreaElement[]} fields @param {string} key */
function offerKept(form, fields, key) {
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  const offer = form.querySelector("[data-kept]");
  if (!kept || !(offer instanceof HTMLElement) || "unsaved" in form.dataset) return; // there, what was sent is shown
  if (fields.every((field) => (kept[field.name] ?? "") === field.value)) return;
  const text = offer.querySelector("[data-kept-text]");
  if (text) text.textContent = fields.map((field) => kept[field.name]).filter(Boolean).join("\n");
  offer.hidden = false;
  offer.querySelector("[data-kept-use]")?.addEventListener("click", () => {
    for (const field of fields) field.value = kept[field.name] ?? field.value;
    offer.hidden = true;
    fields[0].focus();
  });
  offer.querySelector("[data-kept-drop]")?.addEventListener("click", () => {
    sessionStorage.removeItem(key);
    offer.hidden = true;
    fields[0].focus();
  });
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
  if (key === "?" && !control && !altKey && !quiet && !target.closest("input, textarea, select")) {
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
