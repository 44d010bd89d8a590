/**
 * What the server says without being asked, and the connection over which it comes.
 *
 * A browser opens no more than six connections to one site, whatever the number of its windows. So the pages in the
 * frames of another share that one's connection, and a page that nobody sees lets its own go.
 */

const LONGEST_WAIT = 10_000; // ms
const TOGETHER = 100; // ms within which frames that begin to follow are waited for
const frame = document.body.classList.contains("within") ? window.frameElement : null;

/**
 * Follow the events of a page; a connection that is given up is opened again from the last event.
 * @param {string} url
 * @param {string} cursor the newest event that the page already shows
 * @param {Record<string, (data: string) => void>} hear what to do at each kind of event
 * @param {(state: "open" | "broken" | "ended") => void} tell how the connection now stands
 * @param {boolean} unseen whether it is followed, by one page of all that nobody sees, even then
 */
export function follow(url, cursor, hear, tell, unseen = false) {
  const stream = { url, cursor, hear, tell };
  if (!frame) {
    new Connection(() => [stream], addressOf, (kind) => kind, unseen).open();
    return;
  }
  frame.followed = stream; // the page around may be the later of the two
  frame.dispatchEvent(new Event("followed", { bubbles: true }));
}

/** Follow over one connection whatever the pages in the frames of this one follow. @param {string} url */
export function followForFrames(url) {
  const streams = () => [...document.querySelectorAll("iframe")].map((one) => one.followed).filter(Boolean);
  const address = (...all) => `${url}?${new URLSearchParams(all.map((stream) => ["of", addressOf(stream)]))}`;
  const connection = new Connection(streams, address, (kind, place) => `${place}.${kind}`, false);
  document.addEventListener("followed", () => connection.openIn(TOGETHER));
  connection.openIn(TOGETHER);
}

function addressOf({ url, cursor }) {
  return `${url}?after=${encodeURIComponent(cursor)}`;
}

/** A connection over which streams come; `nameOf` gives under which name one of them sends a kind of event. */
class Connection {
  constructor(streams, address, nameOf, unseen) {
    Object.assign(this, { streams, address, nameOf, unseen, wait: 1000, timer: 0, source: null });
    this.isWanted = !document.hidden;
    document.addEventListener("visibilitychange", () => (document.hidden ? this.isLeft() : this.isSeen()));
    window.addEventListener("online", () => this.wake());
    window.addEventListener("pagehide", () => this.close());
    window.addEventListener("pageshow", (event) => event.persisted && this.open());
  }

  open() {
    this.close();
    const streams = this.streams();
    if (!streams.length || !this.isWanted) return;
    const source = (this.source = new EventSource(this.address(...streams)));
    source.onopen = () => {
      this.wait = 1000;
      for (const stream of streams) stream.tell("open");
    };
    source.onerror = () => {
      this.close();
      for (const stream of streams) stream.tell("broken");
      this.again(source.url, streams);
    };
    streams.forEach((stream, place) => this.hear(stream, place));
  }

  hear(stream, place) {
    const kinds = { ...stream.hear, ended: () => stream.tell("ended") };
    for (const [kind, act] of Object.entries(kinds)) {
      this.source.addEventListener(this.nameOf(kind, place), (event) => {
        if (event.lastEventId) stream.cursor = event.lastEventId;
        act(event.data);
      });
    }
  }

  openIn(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), wait);
  }

  close() {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  async again(url, streams) {
    if (await signedOut(url)) {
      for (const stream of streams) stream.tell("ended");
    } else if (!this.source) {
      this.openIn(this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    }
  }

  isLeft() {
    const locks = this.unseen && navigator.locks;
    if (locks) locks.request("unseen", { ifAvailable: true }, (lock) => this.isKept(lock));
    else this.isKept(null);
  }

  /** Stay open where the lock is had, until the page is seen; the promise holds it. */
  isKept(lock) {
    if (!document.hidden) return null;
    this.isWanted = Boolean(lock);
    if (!lock) this.close();
    return lock && new Promise((seen) => (this.leave = seen));
  }

  isSeen() {
    this.leave?.();
    this.isWanted = true;
    this.wake();
  }

  /** A phone that wakes, or finds its network again, does not sit out the wait. */
  wake() {
    if (this.source?.readyState !== EventSource.OPEN) this.open();
  }
}

/** Show the sample's clock, here and around. @param {string} now */
export function showClock(now) {
  for (const place of document.querySelectorAll("[data-clock]")) place.textContent = now;
  tellAround({ clock: now });
}

/** Tell the page in whose frame this one stands, if in any, what has happened here. */
export function tellAround(news) {
  if (frame) window.parent.postMessage(news, location.origin);
}

/** Whether the server now refuses this reader, or sends him to sign in. */
async function signedOut(url) {
  const ending = new AbortController();
  try {
    const answer = await fetch(url, { credentials: "same-origin", redirect: "manual", signal: ending.signal });
    return answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;
  } catch {
    return false;
  } finally {
    ending.abort();
  }
}
