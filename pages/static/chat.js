/** The web chat: joins the conversation on the screen, the events of the server and what the person says. */

import { follow, showClock, tellAround } from "./live.js";
import { Log } from "./chat-log.js";
import { Seen } from "./chat-seen.js";
import { Sender, mark, size, span } from "./chat-send.js";

const PATIENCE = 1000; // ms without an answer after which the page says that work goes on
const GIVE_BACK = 20_000; // ms after which a pressed button can be pressed again

document.documentElement.classList.add("live");
const chat = document.querySelector("[data-chat]");
const composer = chat.querySelector("[data-composer]");
const field = composer.elements.text;
const picker = composer.elements.files;
const asking = chat.querySelector("[data-asking]");
const working = chat.querySelector("[data-working]");
const complaint = chat.querySelector("[data-complaint]");
const staged = chat.querySelector("[data-staged]");
const title = document.title;
let files = [];
let unread = 0;
let workingTimer = 0;

const log = new Log(chat);
const sender = new Sender(chat, log, awaitAnswer);
const seen = new Seen(chat.querySelector("[data-list]"), (ids) => sender.read(ids));

// ── heard ────────────────────────────────────────────────────────────────────
follow(
  `${chat.dataset.root}/chat/events`,
  chat.dataset.cursor,
  {
    bubble: (html) => hear(html),
    edit: (html) => hear(html),
    asking: (line) => {
      asking.hidden = !line;
      asking.querySelector("[data-asking-line]").textContent = line;
    },
    joined: () => location.reload(), // who reads is known now, and so is what he may ask for
    clock: showClock,
  },
  (state) => {
    const bar = chat.querySelector("[data-connection]");
    bar.hidden = state === "open";
    for (const line of bar.querySelectorAll("[data-state]")) line.hidden = line.dataset.state !== state;
    if (state !== "open") return;
    sender.retry();
    seen.again();
  },
  true, // the title counts what comes while nobody looks
);

function hear(html) {
  const bubble = log.receive(html);
  if (bubble?.matches(".left.arrived, .changed")) tellAround({ news: true });
  if (!bubble?.classList.contains("left")) return;
  clearTimeout(workingTimer);
  working.hidden = true;
  releaseButtons();
  if (document.hidden && bubble.classList.contains("arrived")) showUnread(unread + 1);
}

function showUnread(count) {
  unread = count;
  document.title = count ? `(${count}) ${title}` : title;
}

window.addEventListener("online", () => sender.retry());
document.addEventListener("visibilitychange", () => !document.hidden && showUnread(0));

function awaitAnswer() {
  clearTimeout(workingTimer);
  workingTimer = setTimeout(() => (working.hidden = false), PATIENCE);
}

// ── pressed ──────────────────────────────────────────────────────────────────
chat.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (form === composer) {
    event.preventDefault();
    send();
  } else if (button?.dataset.say) {
    event.preventDefault();
    sender.say(button.dataset.say);
  } else if (form.matches("[data-press]") && button) {
    event.preventDefault();
    await press(form, button);
  }
});

async function press(form, button) {
  if (form.dataset.pressed) return;
  form.dataset.pressed = button.value;
  form.parentElement.querySelector(":scope > .complaint")?.remove();
  for (const other of form.querySelectorAll("button")) other.setAttribute("aria-disabled", "true");
  button.setAttribute("aria-busy", "true");
  // The same press sent again after a broken connection is the same press.
  const id = (button.dataset.clientId ||= mark());
  const refusal = await sender.press(form.elements.parcel.value, button.value, id);
  if (refusal) {
    releaseButtons(form);
    const line = span("complaint", refusal);
    line.setAttribute("role", "alert");
    form.before(line);
    return;
  }
  delete button.dataset.clientId;
  awaitAnswer();
  setTimeout(() => releaseButtons(form), GIVE_BACK);
}

/** Make pressed buttons usable again: those of one form, or all whose answer has now come. */
function releaseButtons(only) {
  for (const form of only ? [only] : chat.querySelectorAll("form[data-pressed]")) {
    delete form.dataset.pressed;
    for (const button of form.querySelectorAll("button")) {
      button.removeAttribute("aria-disabled");
      button.removeAttribute("aria-busy");
    }
  }
}

// ── written ──────────────────────────────────────────────────────────────────
const keyboard = matchMedia("(hover: hover) and (pointer: fine)");
field.enterKeyHint = keyboard.matches ? "send" : "enter";

field.addEventListener("keydown", (event) => {
  // A Vietnamese input method ends a word with Enter while it composes.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !keyboard.matches) return;
  event.preventDefault();
  composer.requestSubmit();
});

chat.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || asking.hidden || event.isComposing) return;
  event.preventDefault();
  asking.querySelector("button").click();
  field.focus();
});

field.addEventListener("input", grow);

function grow() {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

function send() {
  const text = field.value.trim();
  if (!text && !files.length) {
    field.focus();
    return;
  }
  sender.say(text, files);
  field.value = "";
  files = [];
  showStaged();
  complain("");
  grow();
  field.focus();
}

// ── attached ─────────────────────────────────────────────────────────────────
picker.addEventListener("change", () => {
  attach([...picker.files]);
  picker.value = "";
});

function attach(chosen) {
  const limit = Number(chat.dataset.fileLimit);
  const tooLarge = chosen.find((file) => file.size > limit);
  complain(tooLarge ? sender.word("too-large").replace("§limit", size(limit)).replace("§name", tooLarge.name) : "");
  files.push(...chosen.filter((file) => file.size <= limit));
  showStaged();
  field.focus();
}

function complain(sentence) {
  complaint.hidden = !sentence;
  complaint.textContent = sentence;
}

function showStaged() {
  const pattern = chat.querySelector("template[data-staged-file]");
  staged.hidden = files.length === 0;
  staged.replaceChildren(
    ...files.map((file) => {
      const row = pattern.content.firstElementChild.cloneNode(true);
      row.querySelector(".file-name").textContent = file.name;
      row.querySelector(".file-size").textContent = size(file.size);
      row.querySelector("button").onclick = () => {
        files = files.filter((other) => other !== file);
        showStaged();
        field.focus();
      };
      return row;
    }),
  );
}

for (const kind of ["dragover", "dragleave", "drop"]) {
  chat.addEventListener(kind, (event) => {
    const drag = event.dataTransfer;
    const link = drag?.types.includes("text/uri-list") && event.target !== field;
    if (!link && !drag?.types.includes("Files")) return;
    event.preventDefault();
    chat.classList.toggle("dropping", kind === "dragover");
    if (kind !== "drop") return;
    if (drag.files.length) attach([...drag.files]);
    else attachLinked(drag.getData("text/uri-list"));
  });
}

/** Attach what a link of our own hands out as a file, as when a document of one conversation is drawn into another. */
async function attachLinked(url) {
  if (!url.startsWith(`${location.origin}/`)) return;
  const answer = await fetch(url).catch(() => null);
  const named = /filename\*?=(?:utf-8'')?"?([^";]+)/i.exec(answer?.headers.get("content-disposition") ?? "");
  if (!answer?.ok || !named) return;
  const content = await answer.blob();
  attach([new File([content], decodeURIComponent(named[1]), { type: content.type })]);
}

field.addEventListener("paste", (event) => {
  if (!event.clipboardData?.files.length) return;
  event.preventDefault();
  attach([...event.clipboardData.files]);
});
