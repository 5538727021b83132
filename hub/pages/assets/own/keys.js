// A clerk's keys. F2 does the next likely step, F4 says that somebody came, F7 undoes, F8 repeats, F9 finishes. Single keys do
// the same and more, can be switched off, and are dead where something is written (WCAG 2.1.4). Only one menu is open at a time.
"use strict";
(() => {
  const KEPT = "seira-single-keys";
  const are_on = () => localStorage.getItem(KEPT) !== "off";
  const rows = () => [...document.querySelectorAll(".queue-table tbody tr")];
  const great = () => document.querySelector("button.next:not([disabled])");

  // A button that took the place of another is not pressed by a second press that was meant for that one.
  let since = performance.now();
  const next = document.querySelector('[data-live="next"]');
  if (next) new MutationObserver(() => { since = performance.now(); }).observe(next, { childList: true });

  function press(button) {
    if (button && performance.now() - since >= Number(button.dataset.settles ?? 0)) button.click();
  }

  function go(row) {
    (row?.querySelector("summary") ?? row?.querySelector("a"))?.focus();
  }

  function walk(step) {
    const all = rows();
    const here = all.findIndex((row) => row.contains(document.activeElement));
    go(all[Math.min(Math.max(here + step, 0), all.length - 1)]);
  }

  // Where something is written, every single key is a letter of it; a button or a link has the space for itself.
  function is_dead(key) {
    const at = document.activeElement;
    if (!at || at === document.body) return false;
    if (at.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName)) return true;
    return key === " " && /^(BUTTON|A|SUMMARY)$/.test(at.tagName);
  }

  // What a single key does, if it does anything.
  function single(event) {
    if (/^[1-9]$/.test(event.key)) {
      const row = rows()[Number(event.key) - 1];
      return row && (() => { go(row); row.querySelector("details.menu:not([open]) > summary")?.click(); });
    }
    // By its place, since a Greek keyboard writes another letter there.
    if (event.code === "KeyZ") return () => press(document.querySelector("form.undo button"));
    switch (event.key) {
      case " ": return () => press(great());
      case "ArrowDown": return () => walk(1);
      case "ArrowUp": return () => walk(-1);
      case "?": return () => document.querySelector("details.keys > summary")?.click();
      default: return null;
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll("details.menu[open]")) { menu.open = false; menu.querySelector("summary").focus(); }
      return;
    }
    if (event.shiftKey && event.key !== "?") return;
    const named = [...document.querySelectorAll("button[data-key]:not([disabled])")]
      .find((button) => [button.dataset.key, button.dataset.also].includes(event.key));
    if (named) {
      event.preventDefault();
      if (event.key === named.dataset.also) named.click(); else press(named);
      return;
    }
    const does = are_on() && !is_dead(event.key) && single(event);
    if (!does) return;
    event.preventDefault();
    does();
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-single-keys]")) localStorage.setItem(KEPT, event.target.checked ? "on" : "off");
  });

  document.addEventListener("toggle", (event) => {
    if (!event.target.open || !event.target.matches("details.menu")) return;
    for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== event.target) menu.open = false;
    const box = event.target.querySelector("[data-single-keys]");
    if (box) box.checked = are_on();
    // What was opened is seen whole, also at the lower edge of the window.
    event.target.querySelector(".menu-body")?.scrollIntoView({ block: "nearest" });
  }, true);
})();
