// Says that these pages are old when nobody has made newer ones: compares the
// reader's clock with the day that they speak for. That day ends at noon of the
// next one, when it has ended everywhere.
"use strict";

for (const strip of document.querySelectorAll("[data-day]")) {
  const ended = Date.parse(strip.dataset.day) + 36 * 3_600_000;
  strip.hidden = !(Date.now() > ended + Number(strip.dataset.days) * 24 * 3_600_000);
}
