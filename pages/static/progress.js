/** The list of tasks: folds and unfolds a task, shows which figures have just changed and whether they still come. */

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

main.addEventListener("htmx:oobAfterSwap", (event) => {
  const before = event.detail.target;
  const after = document.getElementById(before.id);
  if (after && after.textContent.trim() !== before.textContent.trim()) after.classList.add("changed");
});

const connection = main.querySelector("[data-connection]");
main.addEventListener("htmx:sseError", () => (connection.hidden = false));
main.addEventListener("htmx:sseOpen", () => (connection.hidden = true));
