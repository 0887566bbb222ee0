// @ts-check
// The scan beside the text: the line in focus is marked in both, a click in one moves the other; size and place of the
// scan change by keys, buttons, wheel and by dragging it.
"use strict";

(() => {
  const view = document.getElementById("scan-view");
  const sheet = view && view.querySelector("svg");
  const article = document.getElementById("page-text");
  if (!view || !sheet || !article) return;
  const LARGEST = 8;
  const STEP = 1.25;
  const image = /** @type {SVGImageElement} */ (sheet.querySelector("image"));
  /** @type {SVGAElement[]} */
  const places = [...sheet.querySelectorAll("a")];
  /** @type {HTMLElement[]} */
  const starts = [...article.querySelectorAll(".line, .received")].filter((e) => e instanceof HTMLElement);
  let zoom = 1;
  let current = "";

  /** @param {string} line */
  const placeOf = (line) => places.find((place) => place.dataset.line === line);
  /** @param {string} line */
  const startOf = (line) => starts.find((start) => start.dataset.line === line);

  // Size and place of the scan.

  const wholePage = () => {
    const [, , width, height] = (sheet.getAttribute("viewBox") || "0 0 1 1").split(" ").map(Number);
    return Math.min(1, (view.clientHeight * width) / (height * view.clientWidth));
  };

  /**
   * Change the size; the point of the view at (x, y) stays where it is.
   * @param {number} wanted how wide the page is, as a multiple of the view
   * @param {number} [x]
   * @param {number} [y]
   */
  function resize(wanted, x = view.clientWidth / 2, y = view.clientHeight / 2) {
    const size = Math.min(LARGEST, Math.max(Math.min(wholePage(), 0.5), wanted));
    const [left, top] = [(view.scrollLeft + x) / zoom, (view.scrollTop + y) / zoom];
    zoom = size;
    sheet.style.setProperty("width", `${zoom * 100}%`);
    view.scrollTo({ left: left * zoom - x, top: top * zoom - y });
    const fine = image.dataset.fine;
    if (fine && zoom * view.clientWidth * devicePixelRatio > 1200 && image.getAttribute("href") !== fine) {
      image.setAttribute("href", fine);
    }
  }

  /** @param {string} way */
  function change(way) {
    resize(way === "page" ? wholePage() : way === "in" ? zoom * STEP : zoom / STEP);
  }

  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => change(/** @type {HTMLElement} */ (button).dataset.zoom || ""));
  }

  view.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const box = view.getBoundingClientRect();
    resize(zoom * (event.deltaY < 0 ? STEP : 1 / STEP), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });

  /** @type {{x: number, y: number, left: number, top: number} | null} */
  let held = null;
  let dragged = false;
  view.addEventListener("dragstart", (event) => event.preventDefault());
  view.addEventListener("pointerdown", (event) => {
    dragged = false;
    if (event.button || event.pointerType !== "mouse") return;
    held = { x: event.clientX, y: event.clientY, left: view.scrollLeft, top: view.scrollTop };
  });
  window.addEventListener("pointermove", (event) => {
    if (!held) return;
    const [x, y] = [event.clientX - held.x, event.clientY - held.y];
    if (!dragged && Math.hypot(x, y) < 5) return;
    dragged = true;
    view.classList.add("dragged");
    view.scrollTo(held.left - x, held.top - y);
  });
  window.addEventListener("pointerup", () => {
    held = null;
    view.classList.remove("dragged");
  });

  // The line in focus.

  /** @param {Element} place */
  function showPlace(place) {
    const box = place.getBoundingClientRect();
    const seen = view.getBoundingClientRect();
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = view.scrollTop + box.top - seen.top - (view.clientHeight - box.height) / 3;
    const aside = box.left < seen.left || box.right > seen.right;
    const left = aside ? view.scrollLeft + box.left - seen.left - 16 : view.scrollLeft;
    view.scrollTo({ left, top, behavior: still ? "auto" : "smooth" });
  }

  /** @param {HTMLElement} start */
  function markText(start) {
    for (const other of article.querySelectorAll(".current-line")) other.classList.remove("current-line");
    start.classList.add("current-line");
    if (typeof Highlight === "undefined" || !CSS.highlights) return;
    const range = new Range();
    if (start.classList.contains("received")) {
      range.selectNodeContents(start);
    } else {
      const block = start.closest(".block") || article;
      const next = starts[starts.indexOf(start) + 1];
      range.setStartAfter(start);
      if (next && block.contains(next)) range.setEndBefore(next);
      else range.setEndAfter(block.lastChild || block);
    }
    CSS.highlights.set("current-line", new Highlight(range));
  }

  /**
   * @param {string} line
   * @param {"scan" | "text" | "both"} moved which of the two is to show it
   */
  function choose(line, moved) {
    const [place, start] = [placeOf(line), startOf(line)];
    if (!place && !start) return;
    current = line;
    for (const other of places) {
      other.classList.toggle("current", other === place);
      other.setAttribute("tabindex", other === (place || places[0]) ? "0" : "-1");
    }
    if (start) markText(start);
    if (place && moved !== "text") showPlace(place);
    if (start && moved !== "scan") start.scrollIntoView({ block: "center" });
  }

  /**
   * The line that a place in the text belongs to.
   * @param {Node} node
   * @param {number} offset
   */
  function lineAt(node, offset) {
    let found = null;
    const at = new Range();
    at.setStart(node, offset);
    for (const start of starts) {
      if (at.comparePoint(start, 0) > 0) break;
      found = start;
    }
    return found && found.dataset.line;
  }

  article.addEventListener("click", (event) => {
    const chosen = getSelection();
    if (event.target instanceof Element && event.target.closest("a, button")) return;
    const line = chosen && chosen.focusNode && article.contains(chosen.focusNode) ? lineAt(chosen.focusNode, chosen.focusOffset) : null;
    if (line) choose(line, "scan");
  });
  article.addEventListener("focusin", (event) => {
    const line = event.target !== article && event.target instanceof Node ? lineAt(event.target, 0) : null;
    if (line) choose(line, "scan");
  });

  for (const place of places) {
    place.setAttribute("tabindex", place === places[0] ? "0" : "-1");
    const line = place.dataset.line || "";
    place.addEventListener("click", (event) => {
      if (dragged) {
        event.preventDefault();
        return;
      }
      choose(line, "text");
      // A press of Enter follows the link, so that reading goes on there; a click leaves the address alone.
      if (event.detail && startOf(line)) event.preventDefault();
    });
    place.addEventListener("focus", () => {
      if (!held) choose(line, "both");
    });
    place.addEventListener("keydown", (event) => {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      const next = step ? places[places.indexOf(place) + step] : null;
      if (!next) return;
      event.preventDefault();
      next.setAttribute("tabindex", "0");
      next.focus({ preventScroll: true });
    });
  }

  /** @param {number} step */
  function stepLine(step) {
    const lines = places.map((place) => place.dataset.line || "");
    const at = lines.indexOf(current);
    choose(lines[at < 0 ? (step > 0 ? 0 : lines.length - 1) : Math.min(lines.length - 1, Math.max(0, at + step))], "both");
  }

  const main = document.getElementById("main");
  main && main.addEventListener("keydown", (event) => {
    /** @type {Record<string, () => void>} */
    const keys = {
      "+": () => change("in"), "=": () => change("in"), "-": () => change("out"), "0": () => change("page"),
      n: () => stepLine(1), p: () => stepLine(-1),
    };
    const act = Object.hasOwn(keys, event.key) && isForPage(event) ? keys[event.key] : null;
    if (!act) return;
    event.preventDefault();
    act();
  });

  // How much of the window the scan takes.

  const divider = /** @type {HTMLElement | null} */ (document.querySelector(".divider"));
  const reading = /** @type {HTMLElement | null} */ (view.closest(".reading"));
  if (divider && reading) {
    /** @param {number} part */
    const divide = (part) => {
      const kept = Math.round(Math.min(75, Math.max(20, part)));
      reading.style.setProperty("--scan", `${kept}%`);
      divider.setAttribute("aria-valuenow", String(kept));
    };
    divider.addEventListener("keydown", (event) => {
      const step = event.key === "ArrowRight" ? 5 : event.key === "ArrowLeft" ? -5 : 0;
      if (!step) return;
      event.preventDefault();
      divide(Number(divider.getAttribute("aria-valuenow")) + step);
    });
    divider.addEventListener("pointerdown", (event) => divider.setPointerCapture(event.pointerId));
    divider.addEventListener("pointermove", (event) => {
      if (!divider.hasPointerCapture(event.pointerId)) return;
      const box = reading.getBoundingClientRect();
      const before = /** @type {HTMLElement} */ (document.getElementById("scan")).getBoundingClientRect().left - box.left;
      divide((100 * (event.clientX - box.left - before)) / (box.width - before));
    });
  }

  // The address may name a line, or words on one.
  const asked = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (asked && article.contains(asked) && asked !== article) {
    const line = asked.dataset.line || lineAt(asked, 0);
    if (line) choose(line, "scan");
  }
})();
