// Finds devices by how any word of a name begins. The index is in parts, each a
// script that calls cutoffFind.part; a script element loads from disk as well as
// from a server, where fetch does not. Nothing from the index is ever put into
// the page but as text.
"use strict";

const cutoffFind = (() => {
  const mostAnswers = 10;
  const leastTyped = 3; // bytes, so that one Chinese character is enough
  const parts = new Map(); // "keys 3" to its rows
  let directory = null;
  let turn = 0;

  const root = document.currentScript.src.replace(/[^/]*$/, "") + "find/";
  const encoder = new TextEncoder();

  // Keys are ordered by the bytes of their UTF-8; so are these texts.
  const bytes = (text) => String.fromCharCode(...encoder.encode(text));

  // As the keys were folded: lower case, one sigma, nothing that does not show,
  // one blank between words.
  const fold = (text) => text.toLowerCase().replace(/ς/g, "σ").replace(/i\u0307/g, "i")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}]/gu, "").replace(/[-._\\\s]+/g, " ").trim();

  // What was typed; else without what stands around a user's name.
  const readings = (typed) => [...new Set([typed, typed.split("@")[0], typed.slice(typed.lastIndexOf("\\") + 1)].map(fold))]
    .filter((text) => bytes(text).length >= leastTyped);

  // The last place in a list whose value is not above the wanted one, or 0.
  const placeOf = (list, wanted) => {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] <= wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return Math.max(0, low - 1);
  };

  const load = (kind, number) => new Promise((resolve, reject) => {
    const name = `${kind} ${number}`;
    if (parts.has(name)) {
      resolve(parts.get(name));
      return;
    }
    const script = document.createElement("script");
    script.src = `${root}${kind}-${String(number).padStart(4, "0")}.js`;
    script.addEventListener("load", () => { script.remove(); resolve(parts.get(name)); });
    script.addEventListener("error", () => { script.remove(); reject(new Error("not loaded")); });
    document.head.append(script);
  });

  // Writes keys out in full: of each, the part has what the one before has not.
  const unpack = (rows) => {
    const keys = [];
    const devices = [];
    for (let i = 0, key = ""; i < rows.length; i += 3) {
      key = key.slice(0, rows[i]) + rows[i + 1];
      keys.push(key);
      devices.push(rows[i + 2]);
    }
    return { keys, devices };
  };

  // The devices with a word that begins so, at most one more than are shown. A
  // key that equals the last one of a part may go on in the next.
  const numbers = async (prefix) => {
    const found = new Set();
    const wanted = bytes(prefix);
    let number = placeOf(directory.keys, wanted);
    while (number > 0 && directory.keys[number] === wanted) {
      number--;
    }
    for (; number < directory.keys.length; number++) {
      if (directory.keys[number] > wanted && !directory.keys[number].startsWith(wanted)) {
        break;
      }
      const { keys, devices } = await load("keys", number);
      for (let i = 0; i < keys.length && found.size <= mostAnswers; i++) {
        if (keys[i].startsWith(prefix)) {
          found.add(devices[i]);
        }
      }
      if (found.size > mostAnswers) {
        break;
      }
    }
    return [...found];
  };

  const device = async (number) => {
    const part = placeOf(directory.devices, number);
    const [name, user, verdict, department, steps, mark] = (await load("devices", part))[number - directory.devices[part]];
    return {
      name, verdict, mark,
      user: user === name ? "" : user,
      yours: directory.steps[2 * steps],
      its: directory.steps[2 * steps + 1],
      department: directory.departments[2 * department],
      page: `departments/${directory.departments[2 * department + 1]}.html`,
    };
  };

  const notes = [
    "",
    "It is waived for now. That does not keep it from being cut off.",
    "This is probably an old entry: a computer of the same name and user was seen later. Ask before you do anything.",
  ];

  const card = (found, word, template) => {
    const item = template.content.firstElementChild.cloneNode(true);
    const at = (name) => item.querySelector(`[data-card="${name}"]`);
    item.dataset.verdict = word.dataset.verdict;
    at("device").textContent = found.name;
    at("word").append(...[...word.childNodes].map((node) => node.cloneNode(true)));
    at("answer").textContent = word.dataset.answer;
    at("note").textContent = notes[found.mark];
    at("note").hidden = !notes[found.mark];
    at("yours").textContent = found.yours;
    at("its").textContent = found.its;
    at("steps").hidden = word.dataset.tone === "fine";
    at("upgrade").hidden = !("upgrade" in word.dataset);
    at("user").textContent = found.user ? `${found.user} · ` : "";
    at("department").textContent = found.department;
    at("department").href = found.page;
    return item;
  };

  const start = () => {
    const place = document.querySelector("[data-find]");
    const field = place.querySelector("input");
    const status = place.querySelector("[data-find-status]");
    const answers = place.querySelector("[data-find-answers]");
    const none = place.querySelector("[data-find-none]");
    const template = place.querySelector("[data-find-card]");
    const words = [...place.querySelectorAll("[data-find-words] li")];

    const show = (cards, text) => {
      answers.replaceChildren(...cards);
      status.textContent = text;
      none.hidden = cards.length > 0 || !text.startsWith("No ");
    };

    const search = async () => {
      const mine = ++turn;
      const typed = field.value.trim();
      const prefixes = readings(typed);
      if (prefixes.length === 0) {
        show([], typed ? "Type three characters at least." : "");
        return;
      }
      try {
        let found = [];
        for (const prefix of prefixes) {
          found = await numbers(prefix);
          if (found.length > 0) {
            break;
          }
        }
        const shown = await Promise.all(found.slice(0, mostAnswers).map(device));
        if (mine !== turn) {
          return;
        }
        show(shown.map((one) => card(one, words[one.verdict], template)),
          found.length === 0 ? `No device or user starts with “${typed}”.`
            : found.length > mostAnswers ? `The first ${mostAnswers}; type more to narrow them down.`
            : found.length === 1 ? "1 device." : `${found.length} devices.`);
      } catch {
        if (mine === turn) {
          show([], "A part of the list could not be loaded.");
        }
      }
    };

    field.addEventListener("input", search);
    document.querySelector("[data-find-without]").hidden = true;
    place.hidden = false;
    field.value ||= new URLSearchParams(location.search).get("q") ?? "";
    field.focus({ preventScroll: true });
    if (field.value) {
      search();
    }
  };

  return {
    directory(content) {
      directory = content;
      directory.keys = content.keys.map(bytes);
      start();
    },
    part(kind, number, rows) {
      parts.set(`${kind} ${number}`, kind === "keys" ? unpack(rows) : rows);
    },
  };
})();
