// A clerk's keys: F2 calls, F4 says that somebody came, F7 undoes, F8 repeats, F9 finishes; and only one menu is open at a time.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat) return;
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details.menu[open]")) { menu.open = false; menu.querySelector("summary").focus(); }
    return;
  }
  const button = document.querySelector('button[data-key="' + event.key + '"]:not([disabled])');
  if (!button) return;
  event.preventDefault();
  button.click();
});
document.addEventListener("toggle", (event) => {
  if (!event.target.open || !event.target.matches("details.menu")) return;
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== event.target) menu.open = false;
  // What was opened is seen whole, also at the lower edge of the window.
  event.target.querySelector(".menu-body")?.scrollIntoView({ block: "nearest" });
}, true);
