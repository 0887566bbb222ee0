// @ts-check
// The list of jobs keeps itself up to date while one of them can still go on.
"use strict";

(() => {
  const PAUSE_MS = 1000;
  const place = document.getElementById("jobs");
  if (!place) return;

  const isLive = () => {
    const list = /** @type {HTMLElement | null} */ (place.querySelector("[data-live]"));
    return list !== null && list.dataset.live === "yes";
  };

  const update = async () => {
    const focused = document.activeElement && document.activeElement.getAttribute("formaction");
    try {
      const answer = await fetch("/jobs?part=list");
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      place.replaceChildren(...page.body.childNodes);
      const again = focused && /** @type {HTMLElement | null} */ (place.querySelector(`[formaction="${CSS.escape(focused)}"]`));
      if (again) again.focus();
    } catch {
      // The program was stopped, or is busy: the next try tells.
    }
  };

  const watch = async () => {
    while (isLive()) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      await update();
    }
  };
  void watch();
})();
