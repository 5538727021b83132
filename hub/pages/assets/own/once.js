// A second press while the first is on its way sends nothing: what is answered once, as recovery codes are, would be lost.
"use strict";
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  event.target.dataset.sent = "yes";
});
// Back in the history, the forms may be sent anew.
addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });
