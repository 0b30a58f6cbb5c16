// Finds devices by how a name begins. The index is in parts, each a script that
// calls cutoffFind.part; a script element loads from disk as well as from a
// server, where fetch does not. Nothing from the index is ever put into the
// page but as text.
"use strict";

const cutoffFind = (() => {
  const mostAnswers = 20;
  const parts = new Map();
  let firstKeys = [];
  let actions = [];
  let departments = []; // names and file names in turn
  let search = null;
  let turn = 0;

  const root = document.currentScript.src.replace(/[^/]*$/, "") + "find/";
  const encoder = new TextEncoder();

  // Keys are ordered by the bytes of their UTF-8; so are these texts.
  const bytes = (text) => String.fromCharCode(...encoder.encode(text));

  // As the keys were folded: lower case, one sigma, nothing that does not show.
  const fold = (text) => text.trim().toLowerCase().replace(/ς/g, "σ").replace(/i\u0307/g, "i").replace(/[\p{Cc}\p{Cf}]/gu, "");

  // The last part that begins at or before the prefix.
  const partFor = (prefix) => {
    let low = 0;
    let high = firstKeys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firstKeys[middle] < prefix) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return Math.max(0, low - 1);
  };

  const load = (number) => new Promise((resolve, reject) => {
    if (parts.has(number)) {
      resolve(parts.get(number));
      return;
    }
    const script = document.createElement("script");
    script.src = `${root}${String(number).padStart(4, "0")}.js`;
    script.addEventListener("load", () => { script.remove(); resolve(parts.get(number)); });
    script.addEventListener("error", () => { script.remove(); reject(new Error("not loaded")); });
    document.head.append(script);
  });

  // The rows whose key begins with the prefix, in order, at most one more than
  // are shown.
  const matches = async (prefix) => {
    const found = [];
    const seen = new Set();
    const wanted = bytes(prefix);
    for (let number = partFor(wanted); number < firstKeys.length; number++) {
      if (firstKeys[number] > wanted && !firstKeys[number].startsWith(wanted)) {
        break;
      }
      const part = await load(number);
      for (const row of part) {
        const [field, name, other, device, verdict, department, action, waived, key] = row;
        if (!(key ?? name.toLowerCase()).startsWith(prefix) || seen.has(device)) {
          continue;
        }
        seen.add(device);
        found.push({
          device: field === 0 ? name : other,
          by: field === 0 ? other : name,
          verdict, waived,
          department: departments[2 * department],
          page: `departments/${departments[2 * department + 1]}.html`,
          action: actions[action],
        });
        if (found.length > mostAnswers) {
          return found;
        }
      }
    }
    return found;
  };

  const element = (tag, className, ...content) => {
    const made = document.createElement(tag);
    if (className) {
      made.className = className;
    }
    made.append(...content);
    return made;
  };

  const answer = (row, words) => {
    const word = words[row.verdict];
    const verdict = element("span", "verdict", ...[...word.childNodes].map((node) => node.cloneNode(true)));
    const item = element("li", "answer",
      element("span", "answer-head", element("span", "", row.device), verdict));
    item.dataset.verdict = word.dataset.verdict;
    const by = row.by && row.by !== row.device ? [row.by, " · "] : [];
    const link = element("a", "", row.department);
    link.href = row.page;
    item.append(element("span", "answer-first", word.dataset.answer));
    item.append(element("span", "answer-names", ...by, link));
    item.append(element("span", "", row.waived ? "Waived for now. " : "", row.action || "Nothing to do."));
    return item;
  };

  const start = () => {
    const place = document.querySelector("[data-find]");
    const field = place.querySelector("input");
    const status = place.querySelector("[data-find-status]");
    const answers = place.querySelector("[data-find-answers]");
    const none = place.querySelector("[data-find-none]");
    const words = [...place.querySelectorAll("[data-find-words] li")];
    search = async () => {
      const mine = ++turn;
      const prefix = fold(field.value).split("@")[0];
      if (!prefix) {
        status.textContent = "";
        none.hidden = true;
        answers.replaceChildren();
        return;
      }
      try {
        const found = await matches(prefix);
        if (mine !== turn) {
          return;
        }
        answers.replaceChildren(...found.slice(0, mostAnswers).map((row) => answer(row, words)));
        none.hidden = found.length > 0;
        status.textContent = found.length === 0 ? "No device begins like this."
          : found.length > mostAnswers ? `The first ${mostAnswers}; type more to narrow them down.`
          : found.length === 1 ? "1 device." : `${found.length} devices.`;
      } catch {
        none.hidden = true;
        status.textContent = "A part of the list could not be loaded.";
      }
    };
    field.addEventListener("input", search);
    document.querySelector("[data-find-without]").hidden = true;
    place.hidden = false;
    if (field.value) {
      search();
    }
  };

  return {
    directory(directory) {
      firstKeys = directory.keys.map(bytes);
      actions = directory.actions;
      departments = directory.departments;
      start();
    },
    part(number, rows) {
      parts.set(number, rows);
    },
  };
})();
