// What the tests ask of a page, as somebody who looks at it would see it. Runs
// in the page like something typed into the console; the page cannot tell.
globalThis.reader = (() => {
  const name = (element) => {
    const words = element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") ?? ""}"> ${words}`;
  };

  const rows = () => [...document.querySelectorAll("tbody tr")];

  // The parts of an element's box that its ancestors let through.
  const clipped = (element) => {
    let { left, top, right, bottom } = element.getBoundingClientRect();
    for (let up = element.parentElement; up && up !== document.documentElement; up = up.parentElement) {
      const style = getComputedStyle(up);
      const box = up.getBoundingClientRect();
      if (style.overflowX !== "visible") {
        left = Math.max(left, box.left);
        right = Math.min(right, box.right);
      }
      if (style.overflowY !== "visible") {
        top = Math.max(top, box.top);
        bottom = Math.min(bottom, box.bottom);
      }
    }
    return { left, top, right, bottom };
  };

  // The rows that are not on the sheet as a whole.
  const cutRows = () => rows().filter((row) => {
    const box = row.getBoundingClientRect();
    const shown = clipped(row);
    return !row.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || box.height === 0 || box.width === 0
      || shown.right - shown.left < box.width - 1 || shown.bottom - shown.top < box.height - 1
      || box.right > document.documentElement.clientWidth + 1;
  }).map(name);

  // What one would have to scroll sideways for, other than in an area that
  // scrolls by itself.
  const tooWide = () => {
    const width = document.documentElement.clientWidth;
    const out = [...document.body.querySelectorAll("*")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.right > width + 1 && box.width > 1 && element.checkVisibility({ visibilityProperty: true }) && clipped(element).right > width + 1;
    }).map(name);
    if (document.documentElement.scrollWidth > width) {
      out.push(`the page is ${document.documentElement.scrollWidth}px wide, want ${width}px`);
    }
    return out.slice(0, 5);
  };

  // The rows' words, as they stand in the page.
  const rowTexts = () => rows().map((row) => row.innerText.replace(/\s+/g, " ").trim());

  // Everything that one can press, follow or fill in. Of radio buttons the
  // chosen one is on the way; arrows lead to the others.
  let stops = [];
  const stopsOnTheWay = () => {
    stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")].filter((element) =>
      element.checkVisibility({ visibilityProperty: true }) && !element.disabled
      && !(element.type === "radio" && !element.checked));
    return stops.map(name);
  };

  const ring = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };

  // Where the focus is: the number of the stop, or -1; and what is wrong with it.
  const focus = () => {
    const element = document.activeElement;
    if (!element || element === document.body) {
      return { stop: -1, fault: "" };
    }
    const bodies = [element, ...(element.labels ?? [])];
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
    const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
    const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
    const hit = document.elementFromPoint(x, y);
    let fault = "";
    if (!bodies.some(ring)) {
      fault = "has no visible focus";
    } else if (!hit) {
      fault = "is out of view when focused";
    } else if (!bodies.some((body) => body.contains(hit) || hit.contains(body))) {
      fault = `is covered by ${name(hit)} when focused`;
    }
    return { stop: stops.indexOf(element), fault: fault && `${name(element)} ${fault}` };
  };

  // How light the colours are that text and ground have, from 0 to 1.
  const lightness = (color) => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  };
  const colors = () => {
    const style = getComputedStyle(document.body);
    return { ground: lightness(style.backgroundColor), text: lightness(style.color) };
  };

  // How wide ordinary words are in the page's font.
  const wordWidth = () => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.font = "16px sans-serif";
    return canvas.measureText("Calibration Laboratory 172.16.40.0/24").width;
  };

  return { wordWidth, cutRows, tooWide, rowTexts, stopsOnTheWay, focus, colors };
})();
