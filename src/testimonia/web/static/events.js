// @ts-check
// Events from the keyboard: j and k from one to the next, a and x judge a proposal, r renames, u takes back.
"use strict";

(() => {
  const main = document.getElementById("main");
  if (!main) return;
  const stops = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-stop]")]);

  /** @param {number} step */
  function go(step) {
    const here = stops.findIndex((stop) => stop.contains(document.activeElement));
    const next = here < 0 ? 0 : Math.min(stops.length - 1, Math.max(0, here + step));
    stops[next]?.focus();
  }

  main.addEventListener("keydown", (event) => {
    if (!isForPage(event)) return;
    const stop = stops.find((one) => one.contains(document.activeElement));
    if (event.key === "j" || event.key === "k") go(event.key === "j" ? 1 : -1);
    else if (event.key === "a" || event.key === "x") {
      const act = event.key === "a" ? "accept" : "reject";
      /** @type {HTMLElement | null | undefined} */ (stop?.querySelector(`button[value="${act}"]`))?.click();
    } else if (event.key === "r" && stop) {
      const field = /** @type {HTMLInputElement | null} */ (stop.querySelector('input[id^="rename-"]'));
      const fold = stop.querySelector("details");
      if (!field || !fold) return;
      fold.open = true;
      field.focus();
      field.select();
    } else if (event.key === "u") {
      /** @type {HTMLElement | null} */ (document.querySelector("#undo-last button"))?.click();
    } else return;
    event.preventDefault();
  });
})();
