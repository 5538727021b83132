// Asks the browser for a passkey when the button is pressed, and sends what it answers with the button's form. The button shows
// itself only here: without scripts the page says what to do instead.
"use strict";
(() => {
  const button = document.querySelector("button[data-passkey]");
  if (!button) return;
  const form = button.form;
  const said = document.getElementById("passkey-said");
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const tell = (sentence) => { said.textContent = sentence || ""; said.hidden = !sentence; };
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function make(options) {
    const made = await navigator.credentials.create({ publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: known(options.excludeCredentials),
    } });
    const { clientDataJSON, attestationObject } = made.response;
    const transports = made.response.getTransports ? made.response.getTransports() : [];
    return { made, response: { clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject), transports } };
  }

  async function show(options) {
    const made = await navigator.credentials.get({ publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: known(options.allowCredentials),
    } });
    const { clientDataJSON, authenticatorData, signature, userHandle } = made.response;
    const response = { clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature) };
    if (userHandle && userHandle.byteLength > 0) response.userHandle = text(userHandle);
    return { made, response };
  }

  if (!window.PublicKeyCredential) { tell(button.dataset.unable); return; }
  button.hidden = false;
  let busy = false;
  button.addEventListener("click", async () => {
    if (busy) return;
    const isNew = button.dataset.passkey === "new";
    if (isNew && !form.reportValidity()) return;
    busy = true;
    tell("");
    try {
      const { made, response } = await (isNew ? make : show)(JSON.parse(button.dataset.options));
      const { id, type } = made;
      form.elements.answer.value = JSON.stringify({ id, rawId: text(made.rawId), type, response, clientExtensionResults: {} });
      form.action = button.dataset.action;
      form.noValidate = true;
      form.requestSubmit();
    } catch (error) {
      tell(error.name === "InvalidStateError" ? button.dataset.known : button.dataset.failed);
    }
    busy = false;
  });
})();
