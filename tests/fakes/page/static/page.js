// The page follows the world by server-sent events and acts for its people by one POST each.

import { message, person, line, command, nothing, option } from "./parts.js";

const find = (name) => document.querySelector(`[data-${name}]`);
const CONNECTIONS = {
  webhook: "Trợ lý nhận cập nhật qua webhook.",
  polling: "Trợ lý đang chờ cập nhật.",
  seen: "Trợ lý vừa gọi tới.",
  none: "Trợ lý chưa kết nối.",
};

const ALONE = {
  whose: (name) => `Điện thoại của ${name}`, block: "Chặn", start: "Bắt đầu", unblock: "Bỏ chặn",
  code: "Mã mời, nếu mở bằng liên kết có mã", blocked: "Trợ lý đang bị chặn: tin nhắn gửi tới đây bị từ chối.",
};
const GROUP = {
  whose: (name) => `Nhóm ${name}`, block: "Mời ra", start: "Thêm trợ lý vào nhóm", unblock: "Thêm lại",
  code: "Mã của nhóm, nếu thêm bằng liên kết có mã", blocked: "Trợ lý không còn trong nhóm: tin nhắn gửi tới đây bị từ chối.",
};

let world = null;
let current = null;
const read = new Map();
const drawn = new Map();
const toasts = new Map();

function once(key, value, draw) {
  const text = JSON.stringify(value);
  if (drawn.get(key) !== text) {
    drawn.set(key, text);
    draw();
  }
}

function whose() {
  return world.people.find((each) => each.id === current) ?? world.people[0];
}

async function act(values) {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.append(name, value);
  const answer = await fetch("/page/act", { method: "POST", body: form });
  const { complaint } = await answer.json();
  find("complaint").textContent = complaint ?? "";
  find("complaint").hidden = !complaint;
  return !complaint;
}

const acts = (what, more = {}) => act({ do: what, person: whose().id, member: find("member").value, ...more });

function showView(name) {
  find("shown").dataset.shown = name;
  for (const button of document.querySelectorAll("[data-view]"))
    button.setAttribute("aria-pressed", String(button.dataset.view === name));
}

function choose(id) {
  current = id;
  find("complaint").hidden = find("toast").hidden = true;
  find("start").reset();
  showView("phone");
  draw();
}

function drawPeople() {
  const one = whose();
  read.set(one.id, one.messages.length);
  const rows = world.people.filter((each) => !each.aside || each === one).map((each) => ({
    id: each.id, name: each.name, initials: each.initials, standing: each.standing,
    last: each.messages.at(-1)?.html ?? "", file: each.messages.at(-1)?.files[0]?.name ?? "", current: each === one,
    news: each.messages.slice(read.get(each.id) ?? 0).filter((said) => !said.mine).length,
  }));
  once("people", rows, () => find("people").replaceChildren(...rows.map((row) => person(row, choose))));
}

function drawThread(one) {
  const thread = find("thread");
  once("thread", [one.id, one.messages], () => {
    const parts = [];
    let day = "";
    for (const said of one.messages) {
      parts.push(...message(one.id, said, said.day === day ? "" : said.day, (label) => acts("presses", { message: said.id, text: label })));
      day = said.day;
    }
    thread.replaceChildren(...(parts.length ? parts : [nothing()]));
    const toEnd = () => { thread.scrollTop = thread.scrollHeight; };
    toEnd();
    document.fonts.ready.then(toEnd);
    for (const image of thread.querySelectorAll("img")) image.addEventListener("load", toEnd, { once: true });
  });
}

function drawToasts(one) {
  const before = toasts.get(one.id) ?? one.toasts.length;
  toasts.set(one.id, one.toasts.length);
  if (one.toasts.length > before) {
    find("toast").textContent = one.toasts.at(-1);
    find("toast").hidden = false;
    setTimeout(() => { find("toast").hidden = true; }, 4000);
  }
}

function drawPhone() {
  const one = whose();
  find("bot-name").textContent = one.bot ?? world.bot;
  const words = one.members ? GROUP : ALONE;
  find("whose").textContent = words.whose(one.name);
  find("block").textContent = words.block;
  find("code-label").textContent = words.code;
  find("code-label").hidden = find("code").hidden = !world.codes;
  find("start-button").textContent = words.start;
  find("blocked-words").textContent = words.blocked;
  find("unblock").textContent = words.unblock;
  find("block").hidden = find("composer").hidden = one.standing !== "open";
  find("start").hidden = one.standing !== "new";
  find("blocked").hidden = !["blocked", "kicked", "left"].includes(one.standing);
  find("attach").hidden = Boolean(one.members);
  find("speaking").hidden = !one.members || one.standing !== "open";
  find("move").hidden = find("speaking").hidden || one.large;
  once("members", one.members ?? [], () => find("member").replaceChildren(...(one.members ?? []).map((each) => option(each.id, each.name))));
  once("bots", [one.id, one.bots ?? []], () => find("bots").replaceChildren(...(one.bots ?? []).map((each) => option(each.id, each.name))));
  find("bots-line").hidden = (one.bots ?? []).length < 2;
  find("bots").value = one.id;
  find("menu").hidden = one.menu.length === 0;
  find("menu-mark").textContent = world.menu_mark;
  once("menu", one.menu, () => find("commands").replaceChildren(...one.menu.map((each) => command(each, () => {
    find("menu").open = false;
    acts(each.do, { text: each.text });
  }))));
  drawThread(one);
  drawToasts(one);
}

function drawLog() {
  const list = find("log");
  for (const each of world.log) {
    // a long poll is answered after what was asked later: it goes where it belongs
    const shown = list.querySelector(`[data-number="${each.number}"]`);
    const earlier = [...list.children].find((item) => Number(item.dataset.number) < each.number);
    if (!shown) list.insertBefore(line(each), earlier ?? null);
    else if (shown.dataset.status !== String(each.status)) shown.replaceWith(line(each));
  }
  while (list.childElementCount > 150) list.lastElementChild.remove();
  find("log-empty").hidden = list.childElementCount > 0;
}

function draw() {
  const waiting = world.waiting ? ` ${world.waiting} cập nhật chưa được nhận.` : "";
  find("connection").textContent = `${CONNECTIONS[world.connection]}${world.connection === "polling" ? "" : waiting}`;
  find("planted").textContent = `Đang chờ gặp: ${world.troubles} sự cố.`;
  find("planted").hidden = !world.troubles;
  once("trials", world.trials, () => find("trials").replaceChildren(...world.trials.map((each) => option(each.name, each.words))));
  find("lines").textContent = world.settings.join("\n");
  drawPeople();
  drawPhone();
  drawLog();
}

function listen() {
  const events = new EventSource("/page/events");
  events.onmessage = (event) => {
    const next = JSON.parse(event.data);
    if (world && world.settings[0] !== next.settings[0]) location.reload();
    world = next;
    draw();
  };
  events.onerror = () => { find("connection").textContent = "Mất kết nối với máy giả lập; trang đang nối lại."; };
}

async function sendWords() {
  const field = find("words");
  const text = field.value.trim();
  if (text && (await acts("writes", { text }))) field.value = "";
  field.focus();
}

find("composer").addEventListener("submit", (event) => { event.preventDefault(); sendWords(); });
find("words").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); sendWords(); }
});
find("files").addEventListener("change", async (event) => {
  const caption = find("words").value.trim();
  for (const [place, file] of [...event.target.files].entries())
    if (await acts("sends", { file, caption: place ? "" : caption })) find("words").value = "";
  event.target.value = "";
});
find("start").addEventListener("submit", (event) => {
  event.preventDefault();
  acts("starts", { text: event.target.text.value });
});
find("adding").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await act({ do: "joins", text: event.target.text.value })) event.target.reset();
});
find("trouble").addEventListener("submit", (event) => {
  event.preventDefault();
  act({ do: "trouble", trouble: event.target.trouble.value, text: "sendMessage" });
});
find("block").addEventListener("click", () => acts("blocks"));
find("move").addEventListener("click", () => acts("moves"));
find("unblock").addEventListener("click", () => acts("unblocks"));
find("bots").addEventListener("change", (event) => choose(event.target.value));
find("open-settings").addEventListener("click", () => find("settings").showModal());
find("close-settings").addEventListener("click", () => find("settings").close());
find("copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText(find("lines").textContent);
  find("copied").textContent = "Đã chép.";
});
for (const button of document.querySelectorAll("[data-view]"))
  button.addEventListener("click", () => showView(button.dataset.view));
listen();
