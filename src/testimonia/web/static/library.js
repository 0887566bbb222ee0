// @ts-check
// Files can be dropped anywhere on the Library, and the tray says how many sources are chosen.
"use strict";

(() => {
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById("drop"));
  const files = /** @type {HTMLInputElement | null} */ (document.getElementById("files"));
  if (form && files) {
    /** @param {DragEvent} event */
    const hasFiles = (event) => event.dataTransfer !== null && event.dataTransfer.types.includes("Files");
    document.addEventListener("dragover", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      form.classList.add("over");
    });
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) form.classList.remove("over");
    });
    document.addEventListener("drop", (event) => {
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      form.classList.remove("over");
      files.files = event.dataTransfer.files;
      if (files.files.length) form.requestSubmit();
    });
  }

  const tray = /** @type {HTMLFormElement | null} */ (document.getElementById("tray"));
  const chosen = document.getElementById("chosen");
  if (tray && chosen) {
    const initial = chosen.textContent;
    const tell = () => {
      const count = tray.querySelectorAll("input[name=source]:checked").length;
      chosen.textContent = count ? `${count} ${count === 1 ? "source" : "sources"} chosen` : initial;
    };
    tray.addEventListener("change", tell);
    window.addEventListener("pageshow", tell);
    // Back returns to the row that was left.
    tray.addEventListener("click", (event) => {
      const link = /** @type {HTMLElement} */ (event.target).closest("a");
      const row = link && link.closest("li[id]");
      if (row) history.replaceState(null, "", `#${row.id}`);
    });
  }
})();
