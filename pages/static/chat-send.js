/** What the person says: shown at once, sent until it is received, and recorded once by its client id. */

const NEXT_TRY = 8000; // ms after which what could not be received is sent again

export class Sender {
  /** @param {HTMLElement} chat @param {import("./chat-log.js").Log} log @param {() => void} sent */
  constructor(chat, log, sent) {
    this.root = chat.dataset.root;
    this.csrf = chat.dataset.csrf;
    this.pattern = chat.querySelector("template[data-pending]");
    this.words = chat.querySelector("template[data-words]").content;
    this.log = log;
    this.sent = sent;
    this.kept = `unsent:${this.root}`;
    for (const [id, text] of this.unsent()) this.deliver(this.show(id, text, []), id, text, []);
  }

  word(name) {
    return this.words.querySelector(`[data-word="${name}"]`).textContent;
  }

  /** Say something: a text, files, or both. @param {string} text @param {File[]} files */
  say(text, files = []) {
    const id = mark();
    const bubble = this.show(id, text, files);
    if (!files.length) this.keep(id, text);
    this.log.toEnd();
    this.deliver(bubble, id, text, files);
  }

  /** Press a button of a parcel; gives the server's refusal, or "" once it is received. */
  async press(parcel, index, id) {
    const body = this.body(id);
    body.set("parcel", parcel);
    body.set("index", index);
    const answer = await post(`${this.root}/chat/press`, body);
    if (answer.status >= 200 && answer.status < 300) return "";
    return answer.message || this.word("press-failed");
  }

  /** Say which messages have been on the screen; gives whether that was received, or will never be. */
  async read(messages) {
    const body = new FormData();
    body.set("csrf", this.csrf);
    for (const message of messages) body.append("message", message);
    const { status } = await post(`${this.root}/chat/read`, body);
    return (status >= 200 && status < 300) || refused(status);
  }

  /** Try again what the network held back: all of it, or one message. */
  retry(only) {
    for (const bubble of only ? [only] : this.log.outgoing.querySelectorAll("[data-held]")) {
      if (bubble.matches("[data-held]")) bubble.querySelector("[data-again]").click();
    }
  }

  body(id) {
    const body = new FormData();
    body.set("csrf", this.csrf);
    body.set("client_id", id);
    return body;
  }

  show(id, text, files) {
    const bubble = this.pattern.content.firstElementChild.cloneNode(true);
    bubble.dataset.clientId = id;
    for (const line of text.split("\n")) {
      bubble.querySelector(".lines").appendChild(document.createElement("p")).textContent = line;
    }
    for (const file of files) {
      const row = bubble.querySelector(".files").appendChild(document.createElement("li"));
      row.className = "file";
      row.append(span("file-name", file.name), span("file-size", size(file.size)));
    }
    bubble.querySelector("[data-again]").onclick = () => this.deliver(bubble, id, text, files);
    bubble.querySelector("[data-drop]").onclick = () => {
      this.forget(id);
      bubble.remove();
    };
    this.log.outgoing.append(bubble);
    return bubble;
  }

  async deliver(bubble, id, text, files) {
    const body = this.body(id);
    body.set("text", text);
    for (const file of files) body.append("files", file);
    this.state(bubble, "sending");
    const bar = bubble.querySelector("progress");
    bar.hidden = files.length === 0;
    const answer = await post(`${this.root}/chat/say`, body, (part) => {
      bar.value = part;
      if (files.length) bubble.querySelector("[data-percent]").textContent = `${part} %`;
    });
    bar.hidden = true;
    if (answer.status >= 200 && answer.status < 300) {
      this.forget(id);
      this.state(bubble, "sent");
      this.sent();
    } else {
      this.state(bubble, "failed", answer);
    }
  }

  state(bubble, state, answer) {
    const failed = state === "failed";
    if (failed && refused(answer.status)) this.forget(bubble.dataset.clientId);
    bubble.classList.toggle("failed", failed);
    bubble.classList.toggle("sent", state === "sent");
    const held = failed && !refused(answer.status);
    bubble.toggleAttribute("data-held", held);
    if (held) setTimeout(() => navigator.onLine && bubble.isConnected && this.retry(bubble), NEXT_TRY);
    bubble.querySelector("[data-sending]").hidden = state !== "sending";
    bubble.querySelector("[data-sent]").hidden = state !== "sent";
    bubble.querySelector(".refused").hidden = !failed;
    if (failed) bubble.querySelector("[data-reason]").textContent = answer.message || this.word("not-sent");
  }

  // Texts that are not yet received outlive a reload of this tab; files cannot.
  unsent() {
    try {
      return JSON.parse(sessionStorage.getItem(this.kept)) ?? [];
    } catch {
      return [];
    }
  }

  keep(id, text) {
    this.store([...this.unsent(), [id, text]]);
  }

  forget(id) {
    this.store(this.unsent().filter(([kept]) => kept !== id));
  }

  store(entries) {
    try {
      sessionStorage.setItem(this.kept, JSON.stringify(entries));
    } catch {
      // A browser without storage loses only what a reload interrupts.
    }
  }
}

/** Whether the server understood and said no, so that the same again would be refused again. */
function refused(status) {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

/** Post a form; `told` hears how much is sent, in percent. Status 0: the server was not reached. */
function post(url, body, told = () => {}) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => event.lengthComputable && told(Math.floor((100 * event.loaded) / event.total));
    request.onloadend = () => resolve({ status: request.status, message: message(request) });
    request.send(body);
  });
}

function message(request) {
  try {
    return JSON.parse(request.responseText).message ?? "";
  } catch {
    return "";
  }
}

/** A fresh client id, also where the page is not served over https. */
export function mark() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function span(name, text) {
  const element = document.createElement("span");
  element.className = name;
  element.textContent = text;
  return element;
}

/** A size in the reader's notation: 245 KB, 1,2 MB. */
export function size(bytes) {
  const [value, unit] = bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1000)), "KB"] : [bytes / 1_000_000, "MB"];
  return `${value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} ${unit}`;
}
