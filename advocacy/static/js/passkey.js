// @ts-check
// Has the browser make or show a passkey (Web Authentication, level 3) and sends its answer with the form. Without this
// script the form stays away, and the page says what to do instead.

/** @param {string} text base64url */
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));

/** @param {ArrayBuffer | undefined} buffer */
const base64url = (buffer) =>
  buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

/** What the browser is asked, from what the page says; younger browsers read it themselves. @param {any} options */
const forCreating = (options) =>
  PublicKeyCredential.parseCreationOptionsFromJSON?.(options) ?? {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: options.excludeCredentials.map(known),
  };

/** @param {any} options */
const forGetting = (options) =>
  PublicKeyCredential.parseRequestOptionsFromJSON?.(options) ?? {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: options.allowCredentials.map(known),
  };

/** @param {any} descriptor */
const known = (descriptor) => ({ ...descriptor, id: bytes(descriptor.id) });

/** The same words as PublicKeyCredential.toJSON, which older browsers lack. @param {any} credential */
const answer = ({ id, rawId, type, response }) => ({
  id,
  rawId: base64url(rawId),
  type,
  response: {
    clientDataJSON: base64url(response.clientDataJSON),
    attestationObject: base64url(response.attestationObject),
    authenticatorData: base64url(response.authenticatorData),
    signature: base64url(response.signature),
  },
});

/** Browsers say no more, so that no site can tell who was there. @type {Record<string, string>} */
const FAULTS = { AbortError: "cancelled", InvalidStateError: "known", SecurityError: "elsewhere" };

/** @param {unknown} error @param {boolean} late */
const fault = (error, late) => {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError") return late ? "late" : "cancelled";
  return FAULTS[name] ?? "failed";
};

/** @param {HTMLElement} button @param {string} words */
function say(button, words) {
  const id = `${button.id}-error`;
  document.getElementById(id)?.remove();
  const error = document.createElement("p");
  Object.assign(error, { id, className: "err", textContent: words });
  error.setAttribute("role", "alert");
  button.before(error);
  button.setAttribute("aria-describedby", id);
  button.parentElement?.classList.add("bad");
}

/** @param {HTMLFormElement} form @param {HTMLInputElement} field @param {HTMLButtonElement} button */
function enhance(form, field, button) {
  const options = JSON.parse(form.dataset.options ?? "");
  let asking = false;
  form.addEventListener("submit", async (event) => {
    const empty = [...form.querySelectorAll("input[required]")].some((one) => !(/** @type {any} */ (one).value.trim()));
    if (empty) return; // the server says what is missing; nobody is asked for a passkey in vain
    event.preventDefault();
    if (asking) return;
    asking = true;
    const started = Date.now();
    try {
      const found = await (form.dataset.kind === "create"
        ? navigator.credentials.create({ publicKey: forCreating(options) })
        : navigator.credentials.get({ publicKey: forGetting(options) }));
      field.value = JSON.stringify(answer(found));
      form.submit();
    } catch (error) {
      asking = false;
      say(button, form.dataset[fault(error, Date.now() - started >= options.timeout)] ?? "");
    }
  });
}

for (const form of document.querySelectorAll("form[data-enhance=passkey]")) {
  const field = form.querySelector("input[name=credential]");
  const button = form.querySelector("button");
  const without = document.querySelector("[data-without=passkey]");
  if (!(form instanceof HTMLFormElement && field instanceof HTMLInputElement && button && without instanceof HTMLElement)) continue;
  if (globalThis.PublicKeyCredential) {
    enhance(form, field, button);
    form.hidden = false;
    without.hidden = true;
  } else without.querySelector("p")?.replaceChildren(form.dataset.unsupported ?? "");
}
