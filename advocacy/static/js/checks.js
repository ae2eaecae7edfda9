// @ts-check
// Has the server check the text whenever its author pauses, and shows what the checks say where it stood before. Never
// while an input method is at work: the text is not there yet. Where an answer does not come, what was said stays.

const PAUSE = 400;
const BACK_OFF = 10_000;

/** @param {Document} answer what the server says, field by field */
function show(answer) {
  for (const list of answer.querySelectorAll("ul.checks")) {
    const present = document.getElementById(list.id);
    if (!present || present.contains(document.activeElement)) continue; // a reason is being written there
    const field = document.getElementById(list.id.replace(/-checks$/, ""));
    for (const error of field?.parentElement?.querySelectorAll(".err") ?? []) error.remove(); // of an older text
    field?.parentElement?.classList.remove("bad");
    if (list.querySelector(".e")) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
    field?.setAttribute("aria-describedby", `source-text ${list.id}`);
    for (const reason of present.querySelectorAll("details[open] textarea")) {
      list.querySelector(`[id="${reason.id}"]`)?.closest("details")?.setAttribute("open", "");
    }
    present.replaceWith(document.adoptNode(list));
  }
}

/** @param {HTMLFormElement} form @param {HTMLElement} said for those who do not see the page */
function checkWhileTyping(form, said) {
  let composing = false;
  let timer = 0;
  let asking = new AbortController();

  function stop() {
    clearTimeout(timer);
    asking.abort(); // its text is not the text any more
  }

  /** @param {number} pause in ms */
  function plan(pause) {
    stop();
    timer = setTimeout(ask, pause);
  }

  async function ask() {
    if (!navigator.onLine) return;
    asking = new AbortController();
    const { signal } = asking;
    try {
      const body = new FormData(form);
      const answer = await fetch(form.dataset.checks ?? "", { method: "POST", body, redirect: "error", signal });
      if (answer.status === 429) return plan(BACK_OFF);
      if (!answer.ok) return;
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (signal.aborted) return;
      show(found);
      form.dispatchEvent(new Event("checks-shown"));
      const sentence = found.querySelector("[data-said]")?.textContent?.trim() ?? "";
      if (said.textContent !== sentence) said.textContent = sentence;
    } catch {
      return; // no connection: sending says more about it
    }
  }

  form.addEventListener("compositionstart", () => {
    composing = true;
    stop();
  });
  form.addEventListener("compositionend", (event) => {
    composing = false;
    if (isText(event.target)) plan(PAUSE);
  });
  form.addEventListener("input", (event) => {
    if (composing || (event instanceof InputEvent && event.isComposing) || !isText(event.target)) return;
    plan(PAUSE);
  });
  form.addEventListener("submit", stop);
}

/** @param {EventTarget | null} target */
const isText = (target) => target instanceof HTMLTextAreaElement && /^text(_\d+)?$/.test(target.name);

for (const form of document.querySelectorAll("form[data-checks]")) {
  const said = form.querySelector("[data-checks-said]");
  if (form instanceof HTMLFormElement && said instanceof HTMLElement) checkWhileTyping(form, said);
}
