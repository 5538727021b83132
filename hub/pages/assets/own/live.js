// Keeps the parts of a page that are marked data-live as the hub would draw them now, and says when it cannot.
"use strict";
(() => {
  const feed = document.currentScript.dataset.feed;
  const staleAfter = 5000;
  const stale = document.querySelector("[data-stale]");
  let lastSign = Date.now();
  let lastGood = new Date();
  let drawing = false;
  let again = false;
  let heldBack = false;

  // Two digits each, whatever the browser's language.
  const clock = (date) => String(date.getHours()).padStart(2, "0") + ":" + String(date.getMinutes()).padStart(2, "0");

  function sign() {
    lastSign = Date.now();
    lastGood = new Date();
    heldBack = false;
    if (stale) stale.hidden = true;
  }

  const isStale = () => stale && Date.now() - lastSign >= staleAfter;

  function tell() {
    const unsent = heldBack ? stale.dataset.unsent + " " : "";
    stale.textContent = unsent + stale.dataset.text + " " + clock(lastGood);
    stale.hidden = false;
  }

  function busy(part) {
    // An open menu or a field being filled in is not drawn over; it is once it is left.
    const active = document.activeElement;
    return part.querySelector("details.menu[open]") !== null ||
      (active && part.contains(active) && /^(INPUT|SELECT|TEXTAREA)$/.test(active.tagName));
  }

  // What differs in every drawing without meaning anything: the id of the command that a form would send, and of its press;
  // and how long something can still be undone.
  const essence = (part) => part.innerHTML.replace(/name="(?:command|press)" value="[^"]*"|data-left="[^"]*"/g, "");

  function replace(fresh) {
    for (const part of document.querySelectorAll("[data-live]")) {
      const other = fresh.querySelector('[data-live="' + part.dataset.live + '"]');
      if (!other || busy(part)) continue;
      // A refusal stays until the next press.
      if (part.dataset.live === "refusal") continue;
      if (essence(part) === essence(other) && part.className === other.className) continue;
      const key = part.contains(document.activeElement) ? document.activeElement.dataset.key : null;
      part.className = other.className;
      part.replaceChildren(...other.childNodes);
      if (key) part.querySelector('[data-key="' + key + '"]')?.focus();
    }
    const still = fresh.querySelector("[data-still]");
    if (still) document.querySelector("[data-still]").textContent = still.textContent;
    document.title = fresh.title;
  }

  async function draw() {
    if (drawing) { again = true; return; }
    drawing = true;
    do {
      again = false;
      try {
        const answer = await fetch(location.href, { headers: { accept: "text/html", "x-seira-drawn": "page" }, cache: "no-store" });
        if (answer.redirected && /\/(login|lock)(\?|$)/.test(answer.url)) { location.reload(); return; }
        if (answer.ok) replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
      } catch { /* the feed's silence will tell */ }
    } while (again);
    drawing = false;
  }

  async function listen() {
    for (;;) {
      try {
        const answer = await fetch(feed, { headers: { accept: "text/event-stream" }, cache: "no-store" });
        // Locked, or signed out elsewhere: what stands here goes at once.
        if (answer.status === 423 || answer.status === 401) { document.body.replaceChildren(); location.reload(); return; }
        if (!answer.ok) throw new Error(String(answer.status));
        const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
        let rest = "";
        for (;;) {
          const { done, value } = await reader.read();
          if (done) break;
          sign(); // Also a comment is a sign of life.
          rest += value;
          const end = rest.lastIndexOf("\n\n");
          if (end < 0) continue;
          if (/^event: ?view$/m.test(rest.slice(0, end))) draw();
          rest = rest.slice(end + 2);
        }
      } catch { /* again, below */ }
      await new Promise((again) => setTimeout(again, 500 + Math.random() * 1000));
    }
  }

  setInterval(() => {
    if (isStale()) tell();
  }, 1000);
  // What is pressed while nothing is heard is held back once, so that the page is not lost and nobody is called by a press of
  // long ago; pressed again, it goes: the same command does nothing twice.
  document.addEventListener("submit", (event) => {
    if (!isStale() || !stale.dataset.unsent || event.target.dataset.heldBack) return;
    event.preventDefault();
    event.target.dataset.heldBack = "yes";
    heldBack = true;
    tell();
  }, true);
  document.addEventListener("toggle", (event) => { if (event.target.tagName === "DETAILS" && !event.target.open) draw(); }, true);
  listen();
})();
