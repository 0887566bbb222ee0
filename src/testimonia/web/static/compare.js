// @ts-check
// Keys in the grid: moving, opening, copying; and in an alignment everything that can be decided, without loading the page
// anew. Without this script the same is done by the links "Decide" and their forms.
"use strict";

(() => {
  const grid = document.getElementById("grid");
  if (!grid) return;
  const alignment = grid.dataset.alignment;
  const said = document.getElementById("said");
  const rows = () => /** @type {HTMLElement[]} */ ([...grid.querySelectorAll("tbody tr[id]")]);

  /** @param {string} words */
  const say = (words) => {
    if (said) said.textContent = words;
  };

  /** @returns {HTMLElement | null} The row that has the focus. */
  const currentRow = () => document.activeElement && document.activeElement.closest("tbody tr[id]");

  /** @returns {HTMLElement | null} The cell that has the focus. */
  const currentCell = () => document.activeElement && document.activeElement.closest("tbody td");

  /**
   * Focus a row, in its column if one is named; the address keeps it, so that Back returns to it.
   * @param {HTMLElement | undefined | null} row
   * @param {number} [column]
   */
  const goTo = (row, column = 0) => {
    const cell = row && /** @type {HTMLElement | null} */ (row.children[column] || row.children[0]);
    if (!row || !cell) return;
    if (cell.tabIndex !== 0) cell.tabIndex = -1;
    cell.focus({ preventScroll: true });
    (column ? cell : row).scrollIntoView({ block: "nearest", inline: "nearest" });
    history.replaceState(null, "", `#${column ? cell.id : row.id}`);
  };

  /** @returns {number} The column of the focus, 0 for the question. */
  const column = () => {
    const cell = currentCell();
    return cell && cell.parentElement ? [...cell.parentElement.children].indexOf(cell) : 0;
  };

  /**
   * The next row after this one that is meant, from the start again at the end.
   * @param {number} at
   * @param {(row: HTMLElement) => boolean} meant
   */
  const next = (at, meant) => {
    const all = rows();
    return [...all.slice(at + 1), ...all.slice(0, at + 1)].find(meant);
  };
  /** @param {HTMLElement} row */
  const unjudged = (row) => row.dataset.judged === undefined;

  /** @param {HTMLElement} cell */
  const copy = async (cell) => {
    const place = [.../** @type {HTMLElement} */ (cell.parentElement).children].indexOf(cell);
    const head = /** @type {HTMLElement} */ (grid.querySelectorAll(".head > div")[place]);
    const told = head.querySelector(".muted");
    const quoted = [...cell.querySelectorAll("blockquote")].map((quote) => {
      const cite = quote.nextElementSibling;
      const words = (quote.textContent || "").replace(/\s+/g, " ").trim();
      return `“${words}” (${cite && cite.textContent})`;
    });
    const teller = head.querySelector(".teller");
    const where = new URL(location.href);
    where.hash = cell.id;
    const text = `${teller && teller.textContent} (${told && (told.textContent || "").trim()}): ${quoted.join(" ")}, ` +
      `${head.dataset.source}. ${where.href}`;
    try {
      await navigator.clipboard.writeText(text);
      say("Copied with its citation.");
    } catch {
      say(`Copying is not allowed here: ${text}`);
    }
  };

  /**
   * Send an act and put the rows that it changed in their places.
   * @param {string} path
   * @param {URLSearchParams} form
   * @param {HTMLElement | null} row
   * @returns {Promise<{gone: string[], rows: {id: string}[]} | null>}
   */
  const send = async (path, form, row) => {
    form.set("token", grid.dataset.token || "");
    form.set("back", grid.dataset.back || "/");
    if (grid.dataset.order) form.set("order", grid.dataset.order);
    const answer = await fetch(`/alignments/${alignment}/${path}`, {
      method: "POST", body: form, headers: { Accept: "application/json" },
    });
    const made = answer.headers.get("Content-Type")?.includes("json")
      ? await answer.json() : { error: "This page is from before the program was started: reload it." };
    if (made.error) {
      say(made.error);
      return null;
    }
    for (const changed of made.rows) put(changed, row);
    for (const id of made.gone) document.getElementById(id)?.remove();
    say(made.said);
    const judged = document.getElementById("judged");
    if (judged) judged.textContent = `${made.judged} of ${made.points} judged`;
    return made;
  };

  /**
   * Put a row in the place of the older one; a new one after the row that it follows, where that is shown.
   * @param {{id: string, after: string, html: string}} changed
   * @param {HTMLElement | null} row
   */
  const put = (changed, row) => {
    const body = document.createElement("tbody");
    body.innerHTML = changed.html;
    const made = body.querySelector("tr");
    if (!made) return;
    const old = document.getElementById(changed.id);
    if (old) old.replaceWith(made);
    else {
      const after = document.getElementById(changed.after) || row;
      if (after && after.isConnected) after.after(made);
      else grid.querySelector("tbody")?.prepend(made);
    }
  };

  /**
   * Do one thing with the current row, then keep the place or go on to the next that is not judged.
   * @param {Record<string, string>} fields
   * @param {boolean} [goOn]
   */
  const act = async (fields, goOn = false) => {
    const row = currentRow();
    if (!row) return say("Choose a question first: j and k.");
    const at = rows().indexOf(row);
    const place = column();
    if (!(await send("acts", new URLSearchParams({ point: row.id, ...fields }), row))) return;
    const here = document.getElementById(row.id);
    if (goOn || !here) {
      const later = next(here ? at : at - 1, unjudged);
      if (later && unjudged(later)) return goTo(later);
      say("Everything that is shown is judged.");
      return goTo(here || rows()[Math.min(at, rows().length - 1)]);
    }
    goTo(here, place);
  };

  /** @param {string} path */
  const back = async (path) => {
    const made = await send(path, new URLSearchParams(), currentRow());
    if (!made) return;
    const first = made.rows.map((r) => document.getElementById(r.id)).find((r) => r);
    goTo(first || currentRow() || rows()[0]);
  };

  /**
   * Ask for the rest of an act in a dialog: the form that the page of the question has for it.
   * @param {string} part
   */
  const ask = async (part) => {
    const row = currentRow();
    const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("decide"));
    if (!row || !dialog) return say("Choose a question first: j and k.");
    const cell = currentCell();
    const place = column();
    const statement = cell && cell.dataset.statement ? `&statement=${encodeURIComponent(cell.dataset.statement)}` : "";
    const answer = await fetch(`/alignments/${alignment}/points/${encodeURIComponent(row.id)}?part=${part}${statement}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const form = page.querySelector("form.act");
    if (!answer.ok || !form) return say("This question is not here any more: reload the page.");
    const cancel = document.createElement("button");
    cancel.type = "button";
    cancel.textContent = "Cancel";
    cancel.addEventListener("click", () => dialog.close());
    form.append(" ", cancel);
    dialog.replaceChildren(form);
    dialog.onclose = () => {
      if (document.activeElement === document.body || dialog.contains(document.activeElement)) goTo(row, place);
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const submitter = /** @type {HTMLButtonElement | null} */ (/** @type {SubmitEvent} */ (event).submitter);
      const fields = new URLSearchParams();
      for (const [name, value] of new FormData(/** @type {HTMLFormElement} */ (form))) fields.append(name, String(value));
      if (submitter && submitter.name) fields.set(submitter.name, submitter.value);
      dialog.close();
      queue(async () => {
        const at = rows().indexOf(row);
        const made = await send("acts", fields, row);
        const here = document.getElementById(row.id);
        goTo(here || (made ? next(at - 1, unjudged) : row) || rows()[0], here && made ? place : 0);
      });
    });
    dialog.showModal();
    const first = /** @type {HTMLElement | null} */ (form.querySelector(
      "input:not([type=hidden], [type=checkbox]), select, input[type=checkbox], button"));
    if (first) first.focus();
    if (first instanceof HTMLInputElement) first.select();
  };

  // One thing after the other: a key that comes while the last one is still being sent waits for it.
  let last = Promise.resolve();
  /** @param {() => unknown} does */
  const queue = (does) => {
    last = last.then(() => does()).then(() => undefined, () => say("The program does not answer: is it still running?"));
  };

  /** @param {string} stance */
  const setStance = (stance) => {
    const cell = currentCell();
    if (!cell || !cell.dataset.statement) return say("Choose a passage first: ← and →.");
    return act({ action: "stance", statement: cell.dataset.statement, value: stance });
  };
  const merge = () => {
    const row = currentRow();
    const above = row && rows()[rows().indexOf(row) - 1];
    return above ? act({ action: "merge", target: above.id }, true) : say("There is no question above.");
  };
  const reject = () => {
    const cell = currentCell();
    return cell && cell.dataset.statement
      ? act({ action: "reject", statement: cell.dataset.statement }) : act({ action: "reject" }, true);
  };
  /** @param {number} by */
  const sideways = (by) => {
    const row = currentRow();
    if (row) goTo(row, Math.max(0, Math.min(row.children.length - 1, column() + by)));
  };
  const showKeys = () => /** @type {HTMLDialogElement} */ (document.getElementById("keys")).showModal();

  /** @type {Record<string, () => unknown>} */
  const always = {
    j: () => goTo(rows()[Math.min(rows().indexOf(currentRow() || grid) + 1, rows().length - 1)], column()),
    k: () => goTo(rows()[Math.max(rows().indexOf(currentRow() || grid) - 1, 0)], column()),
    n: () => goTo(next(rows().indexOf(currentRow() || grid), (row) => row.dataset.relation === "contradict")),
    i: () => goTo(next(rows().indexOf(currentRow() || grid), unjudged)),
    c: () => {
      const row = currentRow();
      const cell = currentCell() || (row && /** @type {HTMLElement | null} */ (row.querySelector("td[data-statement]")));
      return cell && cell.dataset.statement ? copy(cell) : say("Choose a passage first: ← and →.");
    },
    "?": showKeys,
  };
  /** @type {Record<string, () => unknown>} */
  const deciding = {
    a: () => act({ action: "accept" }, true), x: reject, g: merge,
    m: () => ask("move"), s: () => ask("split"), r: () => ask("rename"), p: () => ask("clash"), "+": () => ask("add"), q: () => ask("cite"),
    1: () => setStance("affirms"), 2: () => setStance("denies"), 3: () => setStance("qualifies"),
    "!": () => act({ action: "relation", value: "contradict" }), "~": () => act({ action: "relation", value: "differ" }),
    "=": () => act({ action: "relation", value: "agree" }), u: () => back("undo"), U: () => back("redo"),
  };

  /**
   * What a key does here; nothing where it means something else.
   * @param {KeyboardEvent} event
   * @returns {(() => unknown) | undefined}
   */
  const meaning = (event) => {
    if (event.ctrlKey && !event.altKey && !event.metaKey && event.key.toLowerCase() === "z" && alignment) {
      return () => back(event.shiftKey ? "redo" : "undo");
    }
    if (!isForPage(event)) return undefined;
    if ((event.key === "ArrowLeft" || event.key === "ArrowRight") && currentRow()) {
      return () => sideways(event.key === "ArrowLeft" ? -1 : 1);
    }
    if (event.key === "Enter" && document.activeElement && document.activeElement.matches("th, td")) {
      const link = /** @type {HTMLAnchorElement | null | undefined} */ (
        currentCell()?.querySelector("a.cite") || currentRow()?.querySelector("a.cite"));
      return link ? () => link.click() : undefined;
    }
    if (Object.hasOwn(always, event.key)) return always[event.key];
    if (!Object.hasOwn(deciding, event.key)) return undefined;
    if (alignment) return deciding[event.key];
    return () => {
      say("Begin an alignment first: the proposal itself is never changed.");
      document.getElementById("alignment-name")?.focus();
    };
  };

  grid.addEventListener("keydown", (event) => {
    const does = meaning(event);
    if (!does) return;
    event.preventDefault();
    queue(does);
  });

  // The tools of a cell, its address and copying, exist once and go where the focus or the pointer is.
  const tools = document.createElement("span");
  tools.className = "of-cell";
  tools.innerHTML = '<a aria-label="Address of this passage">#</a> <button class="copy" type="button">Copy</button>';
  /** @param {Event} event */
  const bringTools = (event) => {
    const cell = /** @type {Element} */ (event.target).closest("td");
    if (!cell || !cell.dataset.statement || tools.parentElement === cell) return;
    const link = /** @type {HTMLAnchorElement} */ (tools.firstElementChild);
    link.href = `#${cell.id}`;
    const head = grid.querySelectorAll(".head .teller")[[.../** @type {HTMLElement} */ (cell.parentElement).children]
      .indexOf(cell) - 1];
    /** @type {Element} */ (tools.lastElementChild).setAttribute(
      "aria-label", `Copy with citation: ${head ? head.textContent : "this passage"}`);
    cell.append(tools);
  };
  grid.addEventListener("focusin", bringTools);
  grid.addEventListener("pointerover", bringTools);

  grid.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const cell = /** @type {HTMLElement | null} */ (target.closest("td"));
    const row = target.closest("tbody tr[id]");
    if (target.closest("button.copy") && cell) queue(() => copy(cell));
    else if (row && target.closest("a.cite")) history.replaceState(null, "", `#${row.id}`);
    else if (cell && cell.dataset.statement && !target.closest("a, button, summary") && !String(getSelection())) {
      cell.focus({ preventScroll: true });
    }
  });

  const wanted = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const row = wanted && /** @type {HTMLElement | null} */ (wanted.closest("tbody tr[id]"));
  if (wanted && row && grid.contains(wanted)) goTo(row, wanted === row ? 0 : [...row.children].indexOf(wanted));
  else grid.focus({ preventScroll: true });
})();
