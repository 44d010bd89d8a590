/** What the server says without being asked, and the connection over which it comes. */

const LONGEST_WAIT = 30_000; // ms
const within = document.body.classList.contains("within");

/**
 * Follow the events of a page; a connection that the browser gives up is opened again from the last event.
 * @param {string} url
 * @param {string} cursor the newest event that the page already shows
 * @param {Record<string, (data: string) => void>} hear what to do at each kind of event
 * @param {(state: "open" | "broken" | "ended") => void} tell how the connection now stands
 */
export function follow(url, cursor, hear, tell) {
  let source;
  let wait = 1000;
  let timer = 0;

  function connect() {
    clearTimeout(timer);
    source?.close();
    source = new EventSource(`${url}?after=${encodeURIComponent(cursor)}`);
    source.onopen = () => {
      wait = 1000;
      tell("open");
    };
    source.onerror = () => {
      tell("broken");
      if (source.readyState === EventSource.CLOSED) again();
    };
    for (const [kind, act] of Object.entries(hear)) {
      source.addEventListener(kind, (event) => {
        if (event.lastEventId) cursor = event.lastEventId;
        act(event.data);
      });
    }
  }

  async function again() {
    if (await signedOut(url)) {
      tell("ended");
      return;
    }
    timer = setTimeout(connect, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  // A phone that wakes, or finds its network again, does not sit out the wait.
  const wake = () => {
    if (document.visibilityState === "visible" && source.readyState !== EventSource.OPEN) connect();
    // A browser keeps six connections open to one site: frames that nobody sees leave theirs to other windows.
    else if (document.visibilityState === "hidden" && within) source.close();
  };
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  window.addEventListener("pagehide", () => source.close());
  window.addEventListener("pageshow", (event) => event.persisted && connect());
  connect();
}

/** Show the sample's clock, here and around. @param {string} now */
export function showClock(now) {
  for (const place of document.querySelectorAll("[data-clock]")) place.textContent = now;
  tellAround({ clock: now });
}

/** Tell the page in whose frame this one stands, if in any, what has happened here. */
export function tellAround(news) {
  if (within && window.parent !== window) window.parent.postMessage(news, location.origin);
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
