// Makes complete pages handier: copies, searches, sorts. Without it every page
// has the same rows and words. Hooks are data- attributes; text from rows is
// only ever read and compared.
"use strict";

(() => {
  // A button that copies, and says so.
  const copyButton = (label, text) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = label;
    button.addEventListener("click", async () => {
      button.textContent = (await copy(text())) ? "Copied" : "Copying is not allowed here";
      setTimeout(() => { button.textContent = label; }, 2000);
    });
    return button;
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyBySelection(text);
    }
  };

  // Pages that came over plain http have no clipboard of their own.
  const copyBySelection = (text) => {
    const area = document.createElement("textarea");
    area.className = "unseen";
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };

  const bodyRows = (table) => [...table.tBodies[0].rows];

  // The tables of a list that goes on below: those seen lately, those not.
  const tablesOf = (group) => [...group.querySelectorAll("table")];

  // What a cell sorts by.
  const sortKey = (row, index, kind) => {
    const cell = row.cells[index];
    if (kind === "time") {
      return cell.querySelector("time")?.dateTime ?? "";
    }
    const text = cell.firstChild?.textContent.trim() ?? "";
    const number = Number(text.replace(/\D/g, ""));
    return kind === "number" ? (text.startsWith("−") ? -number : number) : text;
  };

  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  const sortBy = (table, head, kind) => {
    const up = head.getAttribute("aria-sort") !== (kind === "number" ? "descending" : "ascending");
    const ascending = kind === "number" ? !up : up;
    const rows = bodyRows(table).map((row) => [sortKey(row, head.cellIndex, kind), row]);
    rows.sort(([a], [b]) => {
      const order = typeof a === "number" ? a - b : collator.compare(a, b);
      return ascending ? order : -order;
    });
    table.tBodies[0].append(...rows.map(([, row]) => row));
    for (const other of table.tHead.querySelectorAll("[aria-sort]")) {
      other.removeAttribute("aria-sort");
    }
    head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  };

  const makeSortable = (table) => {
    for (const head of table.tHead.querySelectorAll("[data-sort]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.textContent = head.textContent;
      head.dataset.words = head.textContent;
      button.addEventListener("click", () => sortBy(table, head, head.dataset.sort));
      head.replaceChildren(button);
    }
  };

  // A field that leaves the rows with all the words that were typed.
  const makeSearchable = (place, label, tables, noun) => {
    const field = document.createElement("input");
    field.type = "search";
    field.id = "tools-field";
    field.className = "tools-field";
    field.autocomplete = "off";
    const name = document.createElement("label");
    name.className = "tools-label";
    name.htmlFor = field.id;
    name.textContent = label;
    const status = document.createElement("span");
    status.className = "tools-status";
    status.setAttribute("role", "status");
    const rows = tables.flatMap(bodyRows);
    const folds = new Set(tables.map((table) => table.closest("details")).filter(Boolean));
    const opened = new Set([...folds].filter((fold) => fold.open));
    const texts = rows.map((row) => [...row.cells].map((cell) => cell.textContent).join(" ").toLowerCase());
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, i) => {
        row.hidden = !words.every((word) => texts[i].includes(word));
        shown += row.hidden ? 0 : 1;
      });
      for (const fold of folds) {
        fold.open = words.length ? [...fold.querySelectorAll("tbody tr")].some((row) => !row.hidden) : opened.has(fold);
      }
      status.textContent = words.length ? `${shown} of ${rows.length} ${noun}` : "";
    });
    place.append(name, field, status);
    place.hidden = false;
  };

  for (const table of document.querySelectorAll("[data-table]")) {
    const tables = [...table.querySelectorAll("table")];
    tables.forEach(makeSortable);
    const tools = table.querySelector("[data-tools]");
    if (tools) {
      makeSearchable(tools, "Find a department" + (table.querySelector(".pager") ? " on this page" : ""), tables, "departments");
    }
  }

  for (const lists of document.querySelectorAll("[data-lists]")) {
    const groups = [...lists.querySelectorAll("[data-group]")];
    const tables = groups.flatMap(tablesOf);
    const tools = lists.querySelector("[data-tools]");
    if ("whole" in lists.dataset && tables.length > 0) {
      tables.forEach(makeSortable);
      makeSearchable(tools, "Search the list", tables, "devices");
    }
    for (const group of groups) {
      const guids = () => tablesOf(group).flatMap(bodyRows)
        .filter((row) => !row.hidden && row.dataset.guid)
        .map((row) => row.dataset.guid)
        .join("\n");
      group.insertBefore(copyButton("Copy GUIDs", guids), group.querySelector(".turn"));
    }
  }

  // A link to a list that is folded opens it.
  const unfold = () => {
    const fold = document.getElementById(location.hash.slice(1))?.closest("details");
    if (fold) {
      fold.open = true;
    }
  };
  addEventListener("hashchange", unfold);
  unfold();

  for (const command of document.querySelectorAll("[data-copy]")) {
    command.append(copyButton("Copy", () => command.querySelector("pre").textContent));
  }
})();
