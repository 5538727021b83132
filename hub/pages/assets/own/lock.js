// Leaves the page when the hub has locked the session. It asks once, at the moment when that may be, and never in between.
"use strict";
(() => {
  const script = document.currentScript;
  let timer = 0;

  // Nothing of the page stays behind, neither on the screen nor behind the button that leads back.
  function leave() {
    document.body.replaceChildren();
    location.replace(script.dataset.lock);
  }

  function wait(seconds) {
    clearTimeout(timer);
    timer = setTimeout(ask, Math.min(Math.max(seconds, 0), 86400) * 1000 + 250);
  }

  async function ask() {
    try {
      const answer = await fetch(script.dataset.when, { headers: { "x-seira-drawn": "page" }, cache: "no-store" });
      if (answer.ok) wait(Number(await answer.text()));
      else leave();
    } catch { leave(); }
  }

  // A page that the browser kept as it was is asked for anew.
  addEventListener("pageshow", (event) => { if (event.persisted) { document.body.replaceChildren(); location.reload(); } });
  wait(Number(script.dataset.seconds));
})();
