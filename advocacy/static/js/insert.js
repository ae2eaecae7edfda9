// @ts-check
// Puts a placeholder, a tag or a word of the glossary where the cursor stands, by a button or by Alt and its number.
// Without this script the same things stand there to be copied.

/** @param {HTMLTextAreaElement} field @param {string} before @param {string} after goes behind what is selected */
function insert(field, before, after) {
  const { selectionStart, selectionEnd } = field;
  const text = before + field.value.slice(selectionStart, selectionEnd) + after;
  const chosen = after ? text : before;
  field.focus();
  // Deprecated, and still the one way that leaves undoing to the browser.
  if (!document.execCommand("insertText", false, chosen)) {
    field.setRangeText(chosen, selectionStart, selectionEnd, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  if (after) field.selectionStart = field.selectionEnd = selectionStart + text.length - after.length;
}

/** @param {HTMLFormElement} form @param {HTMLElement} list */
function enable(form, list) {
  const fields = Array.from(form.querySelectorAll("textarea")).filter((field) => /^text(_\d+)?$/.test(field.name));
  const buttons = Array.from(list.querySelectorAll("button"));
  const help = list.querySelector("[data-insert-help]");
  let field = fields[0];
  for (const one of fields) one.addEventListener("focus", () => (field = one));

  for (const button of buttons) {
    button.hidden = false;
    button.previousElementSibling?.remove(); // what was there to be copied
    const explain = () => {
      const note = document.getElementById(button.getAttribute("aria-describedby") ?? "");
      help?.replaceChildren(...Array.from(note?.childNodes ?? [], (node) => node.cloneNode(true)));
    };
    button.addEventListener("focus", explain);
    button.addEventListener("pointerenter", explain);
    button.addEventListener("click", () => insert(field, button.dataset.insert ?? "", button.dataset.after ?? ""));
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || document.querySelector("dialog[open]")) return;
    const button = buttons[Number(/^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1] ?? 0) - 1];
    const elsewhere = event.target instanceof Element && event.target.closest("input, textarea, select");
    if (!button || (elsewhere && elsewhere !== field)) return; // in a comment the key is the comment's
    event.preventDefault();
    button.click();
  });
}

for (const form of document.querySelectorAll("form[data-enhance=editor]")) {
  const list = form.querySelector("[data-inserts]");
  if (form instanceof HTMLFormElement && list instanceof HTMLElement) enable(form, list);
}
