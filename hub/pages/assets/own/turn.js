// Rings, vibrates, keeps the screen on and shows a message when the number of this page is called, for who asked for it by a press.
"use strict";
(() => {
  const asked = document.querySelector("[data-alert]");
  const button = asked.querySelector("button");
  const said = asked.querySelector("[data-alert-said]");
  const live = document.querySelector('[data-live="visit"]');
  const ask = button.textContent;
  const called = () => live.querySelector("[data-called]")?.dataset.called ?? null;
  let on = false, sound = null, awake = null, shown = null;
  let known = called();

  // Two falling tones as the board's chime has them, so often.
  function chime(times) {
    if (!sound) return;
    for (let nth = 0; nth < times * 2; nth++) {
      const at = sound.currentTime + nth * 0.45 + Math.floor(nth / 2) * 0.5;
      const tone = sound.createOscillator(), loud = sound.createGain();
      tone.frequency.value = nth % 2 ? 523.25 : 659.26;
      loud.gain.setValueAtTime(0.5, at);
      loud.gain.exponentialRampToValueAtTime(0.001, at + 0.9);
      tone.connect(loud).connect(sound.destination);
      tone.start(at);
      tone.stop(at + 0.9);
    }
  }

  async function stayAwake() {
    try { awake = on && document.visibilityState === "visible" ? await navigator.wakeLock?.request("screen") : null; } catch { awake = null; }
  }

  function tell() {
    navigator.vibrate?.([500, 200, 500, 200, 1000]);
    chime(3);
    try {
      shown = new Notification(document.title, { body: live.querySelector(".ticket-state").textContent, tag: "turn", requireInteraction: true });
    } catch { /* A browser that shows none rings all the same. */ }
  }

  function look() {
    const now = called();
    if (now && now !== known && on) tell();
    if (!now) { shown?.close(); shown = null; }
    known = now;
    // Once somebody is at the desk there is nothing to wait for.
    const waits = live.classList.contains("waiting") || (on && now !== null);
    if (!waits && on) stop();
    asked.hidden = !waits;
  }

  function start() {
    on = true;
    button.textContent = asked.dataset.stop;
    said.textContent = asked.dataset.on;
    // All three are given on a press alone, and by some browsers only where the page came encrypted.
    try { sound = sound ?? new AudioContext(); sound.resume(); } catch { sound = null; }
    if ("Notification" in window && Notification.permission === "default") Notification.requestPermission();
    chime(1);
    stayAwake();
  }

  function stop() {
    on = false;
    button.textContent = ask;
    said.textContent = "";
    awake?.release();
    awake = null;
  }

  button.addEventListener("click", () => on ? stop() : start());
  document.addEventListener("visibilitychange", stayAwake);
  new MutationObserver(look).observe(live, { attributes: true, childList: true, subtree: true });
  look();
})();
