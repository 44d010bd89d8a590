/** The sample's front page: devices side by side or behind tabs, one clock for all, and a role found as one types. */

import { followForFrames } from "./live.js";

const page = document.documentElement;
page.classList.add("live");
const devices = [...document.querySelectorAll(".device")];
const clock = document.querySelector(".sample-bar form");
const complaint = document.querySelector("[data-complaint]");

// Which tab and which step are in sight outlives a reload; a browser without storage begins with the first.
function remember(what, value) {
  try {
    sessionStorage.setItem(`sample:${what}`, value);
  } catch {
    // nothing is lost but the place
  }
}

function remembered(what) {
  try {
    return sessionStorage.getItem(`sample:${what}`);
  } catch {
    return null;
  }
}

// ── the devices ──────────────────────────────────────────────────────────────
for (const choice of document.querySelectorAll("[data-change]")) choice.onchange = () => choice.form.requestSubmit();

followForFrames("/sample/events");

window.addEventListener("message", ({ origin, source, data }) => {
  const device = origin === location.origin && devices.find((one) => holds(one, source));
  if (!device) return;
  if (data.clock) showClock(data.clock);
  if (data.news) announce(device);
});

function holds(device, source) {
  return [...device.querySelectorAll("iframe")].some((frame) => frame.contentWindow === source);
}

/** Mark for a moment the device on which something has come, and its tab until it is looked at. */
function announce(device) {
  device.classList.remove("news");
  void device.offsetWidth; // so that the mark begins anew
  device.classList.add("news");
  if (!device.classList.contains("shown")) tabOf(device).querySelector("[data-news]").hidden = false;
}

// ── the tabs ─────────────────────────────────────────────────────────────────
const tabs = document.querySelector("[data-tabs]");
tabs.hidden = false;

function tabOf(device) {
  return tabs.querySelector(`[aria-controls="${device.id}"]`);
}

function show(device, byKey = false) {
  for (const one of devices) {
    const [tab, chosen] = [tabOf(one), one === device];
    one.classList.toggle("shown", chosen);
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen) tab.querySelector("[data-news]").hidden = true;
    if (chosen && byKey) tab.focus();
  }
  remember("device", device.id);
}

tabs.addEventListener("click", (event) => {
  const tab = event.target.closest("[role=tab]");
  if (!tab) return;
  show(document.getElementById(tab.getAttribute("aria-controls")));
  tabs.scrollIntoView({ block: "start" });
});
tabs.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const at = devices.findIndex((one) => one.classList.contains("shown"));
  if (step) show(devices.at((at + step) % devices.length), true);
});
show(devices.find((one) => one.id === remembered("device")) ?? devices[0]);

// ── the clock ────────────────────────────────────────────────────────────────
function showClock(now) {
  for (const place of document.querySelectorAll("[data-clock]")) place.textContent = now;
}

clock.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (clock.dataset.moving) return;
  const button = event.submitter;
  clock.dataset.moving = "yes";
  button.setAttribute("aria-busy", "true");
  const sent = { method: "POST", body: new FormData(clock, button), headers: { Accept: "application/json" } };
  const answer = await fetch(clock.action, sent).catch(() => null);
  const said = (await answer?.json().catch(() => null)) ?? {};
  delete clock.dataset.moving;
  button.removeAttribute("aria-busy");
  button.closest("details")?.removeAttribute("open");
  if (said.now) showClock(said.now);
  complaint.hidden = Boolean(said.now);
  complaint.textContent = said.now ? "" : (said.message ?? complaint.dataset.unreached);
});

// ── what to try, one step at a time ──────────────────────────────────────────
const turn = document.querySelector("[data-turn]");
const steps = [...document.querySelectorAll("[data-tries] li")];
let reached = Math.min(Number(remembered("step")) || 0, steps.length - 1);

function showStep(number) {
  reached = number;
  steps.forEach((step, place) => (step.hidden = place !== reached));
  turn.querySelector("[data-place]").textContent = `${reached + 1}/${steps.length}`;
  turn.querySelector("[data-back]").disabled = reached === 0;
  turn.querySelector("[data-on]").disabled = reached === steps.length - 1;
  remember("step", String(reached));
}

turn.hidden = false;
turn.closest("[data-tries]").dataset.turned = "yes";
turn.querySelector("[data-back]").onclick = () => showStep(reached - 1);
turn.querySelector("[data-on]").onclick = () => showStep(reached + 1);
showStep(reached);

// ── the roles ────────────────────────────────────────────────────────────────
const field = document.querySelector("[data-search]");
const plain = (words) =>
  words.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
const roles = [...document.querySelectorAll("[data-words]")].map((role) => [role, plain(role.dataset.words)]);

field.addEventListener("input", () => {
  const wanted = plain(field.value).split(/\s+/).filter(Boolean);
  for (const [role, words] of roles) role.hidden = !wanted.every((word) => words.includes(word));
  for (const group of document.querySelectorAll("[data-group]")) group.hidden = !group.querySelector("li:not([hidden])");
  document.querySelector("[data-none]").hidden = roles.some(([role]) => !role.hidden);
});
