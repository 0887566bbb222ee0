// @ts-check
// Keys in the Reader: o the other reading, j and k the next and the previous page.
"use strict";

(() => {
  const main = document.getElementById("main");
  if (!main) return;
  /** @type {Record<string, string>} */
  const links = { o: "#other", j: "a[rel=next]", k: "a[rel=prev]" };
  main.addEventListener("keydown", (event) => {
    const selector = links[event.key];
    const link = selector && isForPage(event) ? /** @type {HTMLElement | null} */ (document.querySelector(selector)) : null;
    if (!link) return;
    event.preventDefault();
    link.click();
  });
})();
