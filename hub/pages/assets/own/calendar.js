// Makes the table of days a grid: arrow keys walk through the days, Page Up and Page Down through the months, Home and End
// through the week. Without this script the days are plain links.
"use strict";
(() => {
  const nav = document.querySelector("[data-grid]");
  if (!nav) return;
  const table = nav.querySelector("table");
  table.setAttribute("role", "grid");
  for (const row of table.querySelectorAll("tr")) row.setAttribute("role", "row");
  for (const head of table.querySelectorAll("th")) head.setAttribute("role", "columnheader");
  const days = [];
  for (const cell of table.querySelectorAll("td")) {
    cell.setAttribute("role", "gridcell");
    const day = cell.querySelector("a, .no-day");
    if (!day) continue;
    day.tabIndex = -1;
    if (day.matches(".no-day")) { day.setAttribute("role", "link"); day.setAttribute("aria-disabled", "true"); }
    days.push(day);
  }
  const first = days.findIndex((day) => day.matches("[aria-current]"));
  let current = first >= 0 ? first : Math.max(0, days.findIndex((day) => day.matches("a")));
  days[current].tabIndex = 0;

  function go(to) {
    days[current].tabIndex = -1;
    current = to;
    days[current].tabIndex = 0;
    days[current].focus();
  }

  function turn(rel) {
    const link = nav.querySelector('a[rel="' + rel + '"]');
    if (!link) return;
    sessionStorage.setItem("seira-grid", rel);
    location.assign(link.href);
  }

  table.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const column = [...days[current].closest("tr").children].indexOf(days[current].closest("td"));
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, Home: -column, End: 6 - column };
    if (event.key === "PageUp" || event.key === "PageDown") {
      event.preventDefault();
      turn(event.key === "PageUp" ? "prev" : "next");
    } else if (event.key in steps) {
      event.preventDefault();
      const to = current + steps[event.key];
      if (event.key === "Home" || event.key === "End") go(Math.min(days.length - 1, Math.max(0, to)));
      else if (to < 0) turn("prev");
      else if (to >= days.length) turn("next");
      else go(to);
    }
  });
  table.addEventListener("focusin", (event) => {
    const to = days.indexOf(event.target.closest("a, .no-day"));
    if (to >= 0 && to !== current) { days[current].tabIndex = -1; current = to; days[current].tabIndex = 0; }
  });
  const came = sessionStorage.getItem("seira-grid");
  sessionStorage.removeItem("seira-grid");
  if (came) days[current].focus();
})();
