// Counts down how long a time is kept, says so before it ends, and keeps it longer in one press without leaving the page.
"use strict";
(() => {
  const form = document.getElementById("held-form");
  let held = document.querySelector("[data-held]");
  let end = Date.now() + held.dataset.seconds * 1000;
  let told = null;

  const clock = (seconds) => Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");

  function say(text) {
    if (told === text) return;
    told = text;
    held.querySelector("[data-held-said]").textContent = text;
  }

  function tick() {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    held.querySelector("[data-countdown]").textContent = left > 0 ? "(" + held.dataset.left + " " + clock(left) + " " + held.dataset.minutes + ")" : "";
    held.classList.toggle("held-soon", left > 0 && left <= 90);
    held.classList.toggle("held-over", left === 0);
    if (left === 0) {
      held.querySelector("[data-held-until]").textContent = held.dataset.over;
      say(held.dataset.over);
    } else if (left <= 90) {
      say(held.dataset.soon);
    } else {
      told = null;
    }
  }

  async function extend(button) {
    const body = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(button.formAction, { method: "POST", body });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-held]");
      if (!answer.ok || !fresh || new URL(answer.url).pathname.indexOf("/hold/") < 0) throw new Error("no longer kept");
      held.replaceWith(fresh);
      held = fresh;
      end = Date.now() + held.dataset.seconds * 1000;
      listen();
      tick();
      say(held.querySelector("[data-held-until]").textContent);
      (held.querySelector("button") ?? held.querySelector("a")).focus();
    } catch {
      // The plain way: the form goes there, with everything typed.
      form.noValidate = true;
      form.action = button.formAction;
      form.submit();
    }
  }

  function listen() {
    const button = held.querySelector("button[formaction]");
    if (button) button.addEventListener("click", (event) => { event.preventDefault(); extend(button); });
  }

  listen();
  tick();
  setInterval(tick, 1000);
})();
