// @ts-check
// Keys in the Reader: o the other reading, j and k the next and the previous page; for the repair in focus, in the text or
// beside it, a accepts it and x refuses it everywhere.
"use strict";

/**
 * The button of the repair that has the focus, in the text or in the list beside it.
 * @param {EventTarget | null} target
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
function ofRepair(target, selector) {
  if (!(target instanceof Element)) return null;
  const link = target.closest("a.repair");
  const item = link ? document.getElementById((link.getAttribute("href") || "").slice(1)) : target.closest(".repairs li");
  return item ? item.querySelector(selector) : null;
}

(() => {
  const main = document.getElementById("main");
  if (!main) return;
  /** @type {Record<string, string>} */
  const links = { o: "#other", j: "a[rel=next]", k: "a[rel=prev]" };
  /** @type {Record<string, string>} */
  const decisions = { a: "button[value=accepted]", x: "button[data-everywhere]" };
  main.addEventListener("keydown", (event) => {
    const decided = decisions[event.key];
    const button = decided && isForPage(event) ? ofRepair(event.target, decided) : null;
    if (button) {
      event.preventDefault();
      button.click();
      return;
    }
    const selector = links[event.key];
    const link = selector && isForPage(event) ? /** @type {HTMLElement | null} */ (document.querySelector(selector)) : null;
    if (!link) return;
    event.preventDefault();
    link.click();
  });
})();
