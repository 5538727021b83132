// The spot on the map is asked of the browser when somebody presses for it, and never before; it is shown, and can be taken out.
"use strict";
for (const field of document.querySelectorAll("[data-spot]")) {
  const kept = field.querySelector("input[name=spot]");
  const shown = field.querySelector("output");
  const drop = field.querySelector("[data-spot-drop]");
  const show = (text) => { shown.textContent = text; drop.hidden = kept.value === ""; };
  if (!("geolocation" in navigator)) continue;
  field.hidden = false;
  field.querySelector("[data-spot-ask]").addEventListener("click", () => {
    show(field.dataset.asked);
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) => {
        const [north, east] = [latitude, longitude].map((degrees) => degrees.toFixed(5));
        const metres = Math.ceil(accuracy);
        kept.value = `${north},${east},${metres}`;
        show(field.dataset.said.replace("[SPOT]", `${north}, ${east}`).replace("[METRES]", metres));
      },
      () => { kept.value = ""; show(field.dataset.refused); },
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 },
    );
  });
  drop.addEventListener("click", () => { kept.value = ""; show(field.dataset.none); });
}
