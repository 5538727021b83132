// Does the proof of work that the page asks for (ALTCHA, SHA-256), while the person types; nothing is asked of them.
"use strict";
(() => {
  const field = document.getElementById("altcha");
  const form = field.form;
  const said = document.getElementById("work");
  const challenge = JSON.parse(field.dataset.work);
  const { nonce, salt, keyPrefix, keyLength } = challenge.parameters;
  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const hex = (words) => words.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");

  // The 64 constants are the first bits of the cube roots of the first primes; the start is of their square roots.
  const roots = [], start = [];
  for (let number = 2; roots.length < 64; number++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) { prime = false; break; }
    if (!prime) continue;
    const bits = (value) => ((value - Math.floor(value)) * 4294967296) | 0;
    if (start.length < 8) start.push(bits(Math.sqrt(number)));
    roots.push(bits(Math.cbrt(number)));
  }

  // SHA-256 of one block: salt, nonce and counter are 36 bytes. Plain, since pages within a house may have no https,
  // and browsers give their own hash to secure pages alone.
  const w = new Int32Array(64);
  function hash(block) {
    for (let i = 0; i < 16; i++) w[i] = (block[4 * i] << 24) | (block[4 * i + 1] << 16) | (block[4 * i + 2] << 8) | block[4 * i + 3];
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15], y = w[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = start;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + roots[i] + w[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    return [a, b, c, d, e, f, g, h].map((word, i) => (word + start[i]) | 0);
  }

  const head = new Uint8Array([...bytes(salt), ...bytes(nonce)]);
  const block = new Uint8Array(64);
  block.set(head);
  const at = head.length;
  block[at + 4] = 0x80;
  const length = (at + 4) * 8;
  block[62] = length >>> 8;
  block[63] = length & 255;
  const view = new DataView(block.buffer);
  let counter = 0;
  let waiting = null;

  function solved(key) {
    field.value = JSON.stringify({ challenge, solution: { counter, derivedKey: key.slice(0, keyLength * 2) } });
    if (!waiting) return;
    said.textContent = said.dataset.done;
    form.requestSubmit(waiting.submitter ?? undefined);
  }

  function work() {
    for (const until = counter + 4000; counter < until; counter++) {
      view.setUint32(at, counter);
      const key = hex(hash(block));
      if (key.startsWith(keyPrefix)) { solved(key); return; }
    }
    setTimeout(work, 0);
  }

  form.addEventListener("submit", (event) => {
    if (field.value) return;
    event.preventDefault();
    waiting = { submitter: event.submitter };
    said.textContent = said.dataset.working;
  });
  work();
})();
