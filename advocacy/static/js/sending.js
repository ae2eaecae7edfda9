// @ts-check
// Holds a form back while there is no connection, says so, and sends it once there is one again. All the while the
// text stays in its field, and a copy in this tab. Whoever goes on writing meanwhile sends it herself when she is done.

const EVERY = 3000;
const PATIENCE = 10_000;

/** @param {string} address of something small on this site */
async function answers(address) {
  if (!navigator.onLine) return false;
  try {
    return (await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) })).ok;
  } catch {
    return false;
  }
}

/** @param {HTMLFormElement} form @param {HTMLElement} said */
function holdBack(form, said) {
  /** @type {HTMLElement | null | undefined} the button to press again; undefined while nothing waits */
  let button;
  let timer = 0;
  let trying = false;
  let through = false;

  /** @param {string | undefined} sentence */
  function say(sentence) {
    if (said.textContent === (sentence ?? "")) return;
    const note = document.createElement("p");
    note.className = "note is-warn";
    note.textContent = sentence ?? "";
    said.replaceChildren(...(sentence ? [note] : []));
  }

  async function attempt() {
    clearTimeout(timer);
    if (trying || button === undefined) return;
    trying = true;
    const reached = await answers(form.dataset.alive ?? "");
    trying = false;
    if (button === undefined) return; // she went on writing
    if (!reached) {
      say(form.dataset.offline);
      timer = setTimeout(attempt, EVERY);
      return;
    }
    const pressed = button;
    button = undefined;
    through = true;
    form.requestSubmit(pressed);
    through = false;
  }

  form.addEventListener("submit", (event) => {
    if (through) return;
    event.preventDefault();
    button = event.submitter;
    attempt();
  });
  form.addEventListener("input", () => {
    if (button === undefined || !said.hasChildNodes()) return;
    button = undefined;
    clearTimeout(timer);
    say(form.dataset.stopped);
  });
  addEventListener("online", attempt);
}

for (const form of document.querySelectorAll("form[data-alive]")) {
  const said = form.querySelector("[data-sending]");
  if (form instanceof HTMLFormElement && said instanceof HTMLElement) holdBack(form, said);
}
