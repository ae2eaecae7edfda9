// @ts-check
// Solves the small calculation that a form is asked for under pressure (ALTCHA's protocol 2, PBKDF2/SHA-256), then
// sends the form. Without this script, or without WebCrypto, the form's own button is there as before.

/** @param {Uint8Array} bytes */
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {string} text */
const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** @param {{nonce: string, salt: string, cost: number, keyLength: number, keyPrefix: string}} asked */
async function solve(asked) {
  const nonce = bytes(asked.nonce);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  const rounds = { name: "PBKDF2", hash: "SHA-256", salt: bytes(asked.salt), iterations: asked.cost };
  for (let counter = 0; ; counter++) {
    new DataView(password.buffer).setUint32(nonce.length, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derived = hex(new Uint8Array(await crypto.subtle.deriveBits(rounds, key, asked.keyLength * 8)));
    if (derived.startsWith(asked.keyPrefix)) return { counter, derivedKey: derived };
  }
}

for (const form of document.querySelectorAll("form[data-enhance=work]")) {
  if (!(form instanceof HTMLFormElement) || !globalThis.crypto?.subtle) continue;
  const status = form.querySelector("[role=status]");
  if (status) status.textContent = form.dataset.working ?? "";
  const challenge = JSON.parse(form.dataset.challenge ?? "");
  const solution = await solve(challenge.parameters);
  const answer = form.elements.namedItem("altcha");
  if (answer instanceof HTMLInputElement) answer.value = btoa(JSON.stringify({ challenge, solution }));
  form.submit();
}
