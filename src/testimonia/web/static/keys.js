// @ts-check
// Keys of single characters act only while the focus is in the main part of the page, never while something is typed.
"use strict";

/**
 * Is this key press meant for the page, and not for a field or a browser command?
 * @param {KeyboardEvent} event
 * @returns {boolean}
 */
function isForPage(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  return !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing && !event.defaultPrevented &&
    !target.closest("input, textarea, select, [contenteditable]");
}

(() => {
  const main = document.getElementById("main");
  if (!main) return;
  main.addEventListener("keydown", (event) => {
    const field = /** @type {HTMLInputElement | null} */ (document.querySelector(`[data-key="${CSS.escape(event.key)}"]`));
    if (field && isForPage(event)) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });
  if (document.activeElement === document.body) main.focus({ preventScroll: true });
})();
