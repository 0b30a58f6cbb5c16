// Finds devices by how a name begins. The index is in parts, each a script that
// calls cutoffFind.part; a script element loads from disk as well as from a
// server, where fetch does not. Nothing from the index is ever put into the
// page but as text.
"use strict";

const cutoffFind = (() => {
  const mostAnswers = 20;
  const parts = new Map();
  let firstKeys = [];
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
      for (const row of part.rows) {
        if (!row[0].startsWith(prefix)) {
          continue;
        }
        const [, name, host, user, verdict, department, action, waived] = row;
        const same = JSON.stringify([name, host, user, verdict, department, action]);
        if (!seen.has(same)) {
          seen.add(same);
          found.push({ name, host, user, verdict, waived, department: part.departments[department], action: part.actions[action] });
        }
        if (found.length > mostAnswers) {
          return found;
        }
      }
    }
    return found;
  };

  const element = (tag, className, ...content) => {
    const made = document.createElement(tag);
    made.className = className;
    made.append(...content);
    return made;
  };

  const answer = (row, words) => {
    const word = words[row.verdict];
    const verdict = element("span", "verdict", ...[...word.childNodes].map((node) => node.cloneNode(true)));
    const item = element("li", "answer",
      element("span", "answer-head", element("span", "answer-name", row.name), verdict));
    item.dataset.verdict = word.dataset.verdict;
    const names = [row.host, row.user].filter((name) => name && name !== row.name).join(", ");
    const link = element("a", "answer-department", row.department[0]);
    link.href = `departments/${row.department[1]}.html`;
    item.append(element("span", "answer-names", ...(names ? [names, " · "] : []), link));
    item.append(element("span", "answer-action", row.waived ? "Waived for now. " : "", row.action || "Nothing to do."));
    return item;
  };

  const start = () => {
    const place = document.querySelector("[data-find]");
    const field = place.querySelector("input");
    const status = place.querySelector("[data-find-status]");
    const answers = place.querySelector("[data-find-answers]");
    const words = [...place.querySelectorAll("[data-find-words] li")];
    search = async () => {
      const mine = ++turn;
      const prefix = fold(field.value).split("@")[0];
      if (!prefix) {
        status.textContent = "";
        answers.replaceChildren();
        return;
      }
      try {
        const found = await matches(prefix);
        if (mine !== turn) {
          return;
        }
        answers.replaceChildren(...found.slice(0, mostAnswers).map((row) => answer(row, words)));
        status.textContent = found.length === 0 ? "No device begins like this."
          : found.length > mostAnswers ? `The first ${mostAnswers}; type more to narrow them down.`
          : found.length === 1 ? "1 device." : `${found.length} devices.`;
      } catch {
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
    directory(keys) {
      firstKeys = keys.map(bytes);
      start();
    },
    part(number, rows) {
      parts.set(number, rows);
    },
  };
})();
