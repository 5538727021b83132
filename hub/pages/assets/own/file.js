// A file is chosen with a button in the page's own language; without scripts the browser's own stays.
"use strict";
for (const input of document.querySelectorAll("input[type=file][data-choose]")) {
  const button = document.createElement("label");
  button.className = "govgr-btn govgr-btn-secondary file-button";
  button.htmlFor = input.id;
  button.textContent = input.dataset.choose;
  const name = document.createElement("span");
  name.className = "file-name";
  const tell = () => { name.textContent = input.files.length > 0 ? Array.from(input.files, (file) => file.name).join(", ") : input.dataset.none; };
  input.addEventListener("change", tell);
  input.classList.add("file-hidden");
  input.after(button, name);
  tell();
}
