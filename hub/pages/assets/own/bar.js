// A narrow window beside the registry's: the desk alone, without what stands around it. The window keeps its name, and by it the
// page knows that it is one.
"use strict";
(() => {
  const NAME = "seira-bar";
  if (window.name === NAME) document.documentElement.classList.add("in-bar");
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-bar]");
    if (!link) return;
    event.preventDefault();
    window.open(link.href, NAME, "popup,width=340,height=" + screen.availHeight);
  });
})();
