// @ts-check
// Keys in the grid: n next contradiction, j and k next and previous question, Enter opens the source.
"use strict";

(() => {
  const grid = document.getElementById("grid");
  if (!grid) return;
  const rows = () => /** @type {HTMLElement[]} */ ([...grid.querySelectorAll("tbody tr")]);

  /** @returns {number} The number of the row that has the focus, or -1. */
  const current = () => {
    const row = document.activeElement && document.activeElement.closest("tbody tr");
    return row ? rows().indexOf(/** @type {HTMLElement} */ (row)) : -1;
  };

  /** @param {HTMLElement | undefined} row */
  const goTo = (row) => {
    const head = row && /** @type {HTMLElement | null} */ (row.querySelector("th"));
    if (!row || !head) return;
    head.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest", inline: "nearest" });
    keep(row);
  };

  /**
   * The address keeps the row, so that Back returns to it.
   * @param {Element} row
   */
  const keep = (row) => history.replaceState(null, "", `#${row.id}`);

  grid.addEventListener("keydown", (event) => {
    if (!isForPage(event)) return;
    const all = rows();
    const at = current();
    if (event.key === "j") goTo(all[Math.min(at + 1, all.length - 1)]);
    else if (event.key === "k") goTo(all[Math.max(at - 1, 0)]);
    else if (event.key === "n") {
      const later = [...all.slice(at + 1), ...all.slice(0, at + 1)];
      goTo(later.find((row) => row.dataset.relation === "contradict"));
    } else if (event.key === "Enter" && document.activeElement && document.activeElement.matches("th")) {
      const link = all[at] && /** @type {HTMLAnchorElement | null} */ (all[at].querySelector("a.cite"));
      if (!link) return;
      link.click();
    } else return;
    event.preventDefault();
  });

  grid.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a.cite");
    const row = link && link.closest("tbody tr");
    if (row) keep(row);
  });

  const wanted = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (wanted && grid.contains(wanted)) goTo(wanted);
  else grid.focus({ preventScroll: true });
})();
