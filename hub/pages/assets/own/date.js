// Says which day is meant while a date is typed: its day of the week and its month in words, as the page writes them.
"use strict";
for (const field of document.querySelectorAll("fieldset.date")) {
  const [day, month, year] = field.querySelectorAll("input");
  const said = field.querySelector(".date-said");
  const [weekdays, months] = [field.dataset.weekdays.split("|"), field.dataset.months.split("|")];
  field.addEventListener("input", () => {
    const typed = [day, month, year].map((part) => part.value.trim());
    const isWhole = typed.every((part) => /^\d+$/.test(part)) && /^(\d{2}|\d{4})$/.test(typed[2]);
    if (!isWhole) { said.textContent = ""; return; }
    const [d, m, y] = typed.map(Number);
    const date = new Date(Date.UTC(y < 100 ? 2000 + y : y, m - 1, d));
    const isDay = date.getUTCDate() === d && date.getUTCMonth() === m - 1;
    said.textContent = isDay
      ? `${weekdays[(date.getUTCDay() + 6) % 7]} ${d} ${months[m - 1]} ${date.getUTCFullYear()}`
      : field.dataset.none;
  });
}
