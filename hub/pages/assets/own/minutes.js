// Carries on what the hub has counted in minutes: how long somebody has waited, and how far the visit in hand has come. By the
// hub's clock, not by this machine's.
"use strict";
(() => {
  const place = document.querySelector("[data-hub-now]");
  if (!place) return;
  const ahead = Number(place.dataset.hubNow) - Date.now();
  const minutes = (since) => Math.max(0, Math.floor((Date.now() + ahead - Number(since)) / 60000));
  function count() {
    for (const one of document.querySelectorAll("[data-minutes-since]")) {
      const passed = minutes(one.dataset.minutesSince);
      if (one.textContent !== String(passed)) one.textContent = passed;
      const waited = one.closest("[data-too-long]");
      if (!waited) continue;
      const is_too_long = passed >= Number(waited.dataset.tooLong);
      waited.classList.toggle("is-too-long", is_too_long);
      waited.classList.toggle("is-long", !is_too_long && passed >= Number(waited.dataset.long));
    }
    for (const ring of document.querySelectorAll("[data-ring-since]")) {
      const part = minutes(ring.dataset.ringSince) * 100 / Math.max(1, Number(ring.dataset.planned));
      ring.setAttribute("stroke-dasharray", Math.min(100, Math.floor(part)) + " 100");
    }
  }
  setInterval(count, 5000);
})();
