/** The list of tasks: folds and unfolds a task, shows which figures have just changed and whether they still come. */

import { follow } from "./live.js";

const page = document.documentElement;
const main = document.getElementById("main");
page.classList.add("live");

// The table's head stands below the page's, whatever its height.
new ResizeObserver(([entry]) => page.style.setProperty("--top", `${Math.floor(entry.target.offsetHeight)}px`)).observe(
  document.querySelector(".top"),
);

main.addEventListener("click", (event) => {
  const link = event.target.closest("[data-fold]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  fold(link);
});

main.addEventListener("keydown", (event) => {
  const link = event.target.closest("[data-fold]");
  if (!link || event.key !== " ") return;
  event.preventDefault();
  fold(link);
});

async function fold(link) {
  const cell = document.getElementById(link.getAttribute("aria-controls"));
  const opens = link.getAttribute("aria-expanded") !== "true";
  if (opens) {
    const answer = await fetch(link.dataset.from, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) {
      location.assign(link.href); // the whole page says what is wrong
      return;
    }
    cell.innerHTML = await answer.text();
  }
  cell.parentElement.hidden = !opens;
  link.setAttribute("aria-expanded", String(opens));
}

/** Exchange in place whatever of the fragment stands on the page, and mark what now reads differently. */
function exchange(html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  for (const after of fresh.content.querySelectorAll("[id]")) {
    const before = document.getElementById(after.id);
    if (!before) continue; // folded, or filtered away
    if (before.textContent.trim() !== after.textContent.trim()) after.classList.add("changed");
    before.replaceWith(after);
  }
}

const connection = main.querySelector("[data-connection]");
follow(
  `${main.dataset.root}/progress/events`,
  main.dataset.cursor,
  {
    task: exchange,
    clock: (now) => document.querySelectorAll("[data-clock]").forEach((place) => (place.textContent = now)),
  },
  (state) => {
    connection.hidden = state === "open";
    for (const line of connection.querySelectorAll("[data-state]")) line.hidden = line.dataset.state !== state;
  },
);
