/** The list of tasks: folds and unfolds a task, shows which figures have just changed and whether they still come. */

import { follow, showClock, tellAround } from "./live.js";

const page = document.documentElement;
const main = document.getElementById("main");
page.classList.add("live");

// The table's head stands below the page's, whatever its height.
const head = document.querySelector(".top");
const measured = new ResizeObserver(() => page.style.setProperty("--top", `${Math.floor(head.offsetHeight)}px`));
if (head) measured.observe(head);

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
  let row = null;
  for (const after of fresh.content.querySelectorAll("[id]")) {
    const before = document.getElementById(after.id);
    if (!before) {
      if (after.id.endsWith("-given")) lookFor(after.id); // otherwise folded
      continue;
    }
    const changed = before.textContent.trim() !== after.textContent.trim();
    after.classList.toggle("changed", changed);
    before.replaceWith(after);
    if (changed && after.matches("td.number")) row = after.closest("tbody");
  }
  if (!row) return;
  tellAround({ news: true });
  if (document.body.classList.contains("within")) bringIntoSight(row);
}

// Tasks that the page does not show and that were looked for once: given since it was loaded, or filtered away.
const missed = new Set();
let looking = 0;

function lookFor(id) {
  if (missed.has(id)) return;
  missed.add(id);
  looking ||= setTimeout(addTasks); // those of one event are fetched together
}

/** Put the tasks given since the page was loaded in their places, under the filters that are set. */
async function addTasks() {
  looking = 0;
  const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) return;
  const whole = new DOMParser().parseFromString(await answer.text(), "text/html");
  const rows = [...whole.querySelectorAll("#tasks tbody")];
  const table = document.querySelector("#tasks table");
  if (!table) document.getElementById("tasks").replaceWith(whole.getElementById("tasks"));
  else rows.forEach((row, place) => document.getElementById(row.id) || put(row, rows.slice(place + 1), table));
}

function put(row, following, table) {
  const next = following.map((one) => document.getElementById(one.id)).find(Boolean);
  if (next) next.before(row);
  else table.append(row);
}

/** Scroll to a task whose figures have changed, within this page alone. */
function bringIntoSight(row) {
  const heads = [...document.querySelectorAll(".progress-head, thead")];
  const [place, under] = [row.getBoundingClientRect(), heads.reduce((sum, one) => sum + one.offsetHeight, 0)];
  if (place.top < under || place.bottom > window.innerHeight) window.scrollBy(0, place.top - under);
}

const connection = main.querySelector("[data-connection]");
follow(
  `${main.dataset.root}/progress/events`,
  main.dataset.cursor,
  {
    task: exchange,
    clock: showClock,
  },
  (state) => {
    connection.hidden = state === "open";
    for (const line of connection.querySelectorAll("[data-state]")) line.hidden = line.dataset.state !== state;
  },
);
