// Takes the offer to undo away once its time is over; pressed later it would be refused.
"use strict";
(() => {
  const place = document.querySelector('[data-live="undo"]');
  if (!place) return;
  const waited = new WeakSet();
  function wait() {
    const offer = place.querySelector("[data-left]");
    if (!offer || waited.has(offer)) return;
    waited.add(offer);
    setTimeout(() => {
      const had = offer.contains(document.activeElement);
      offer.remove();
      if (had) document.querySelector("button.next")?.focus();
    }, Number(offer.dataset.left));
  }
  new MutationObserver(wait).observe(place, { childList: true });
  wait();
})();
