/** The conversation on the screen: messages come in below, cards change in place, what was said before grows above. */

const NEAR = 80; // px from the end within which the reader is taken to follow the conversation
const GAP = 16; // px above a message that is shown from its first line

export class Log {
  /** @param {HTMLElement} chat the page's main element */
  constructor(chat) {
    this.scroller = chat.querySelector("[data-log]");
    this.list = chat.querySelector("[data-list]");
    this.outgoing = chat.querySelector("[data-outgoing]");
    this.pill = chat.querySelector("[data-pill]");
    this.unseen = 0;
    this.pill.addEventListener("click", () => {
      this.toEnd();
      this.scroller.focus({ preventScroll: true });
    });
    this.scroller.addEventListener("scroll", () => this.atEnd() && this.showPill(0), { passive: true });
    this.watchEarlier();
  }

  /** The scroller runs from its end, so that 0 is the newest. */
  atEnd() {
    return Math.abs(this.scroller.scrollTop) < NEAR;
  }

  toEnd() {
    this.scroller.scrollTop = 0;
    this.showPill(0);
  }

  /** Show what has come: its end, or its first line where it is taller than the screen and to be read. */
  follow(fresh) {
    this.toEnd();
    const tall = fresh.offsetHeight > this.scroller.clientHeight;
    if (!tall || !fresh.classList.contains("left")) return;
    const above = fresh.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
    this.scroller.scrollTop += above - GAP; // the page around, where this one stands in a frame, stays as it is
  }

  showPill(count) {
    this.unseen = count;
    this.pill.hidden = count === 0;
    this.pill.querySelector("[data-count]").textContent = count ? String(count) : "";
  }

  /** Take one message from the server: a new one, the person's own come back, or a known one changed. */
  receive(html) {
    const fresh = parse(html);
    if (!fresh) return null;
    const known = this.list.querySelector(`[data-id="${CSS.escape(fresh.dataset.id)}"]`);
    if (known) return this.replace(known, fresh);
    const follows = this.atEnd();
    this.list.querySelector("[data-empty]")?.remove();
    const own = fresh.dataset.clientId;
    if (own) this.outgoing.querySelector(`[data-client-id="${CSS.escape(own)}"]`)?.remove();
    else fresh.classList.add("arrived");
    this.day(fresh).append(fresh);
    if (follows) this.follow(fresh);
    else if (fresh.classList.contains("left")) this.showPill(this.unseen + 1);
    return fresh;
  }

  /** Put the changed card in the place of the old; whoever stood on one of its buttons stays on the card. */
  replace(known, fresh) {
    const held = known.contains(document.activeElement);
    fresh.classList.toggle("changed", known.textContent !== fresh.textContent);
    known.replaceWith(fresh);
    if (held) {
      fresh.tabIndex = -1;
      (fresh.querySelector("button") ?? fresh).focus({ preventScroll: true });
    }
    return fresh;
  }

  day(fresh) {
    const last = this.list.querySelector(".day:last-of-type");
    if (last?.dataset.day === fresh.dataset.day) return last;
    const section = document.createElement("section");
    section.className = "day";
    section.dataset.day = fresh.dataset.day;
    const label = section.appendChild(document.createElement("h2"));
    label.className = "day-label";
    label.appendChild(document.createElement("span")).textContent = fresh.dataset.dayLabel;
    this.list.append(section);
    return section;
  }

  watchEarlier() {
    const watcher = new IntersectionObserver(
      (entries) => entries.forEach((entry) => entry.isIntersecting && this.loadEarlier(entry.target)),
      { root: this.scroller, rootMargin: "400px 0px 0px 0px" },
    );
    this.observe = () => {
      watcher.disconnect();
      const link = this.list.querySelector("[data-earlier]");
      if (!link) return;
      watcher.observe(link);
      link.onclick = (event) => {
        event.preventDefault();
        this.loadEarlier(link);
      };
    };
    this.observe();
  }

  async loadEarlier(link) {
    if (link.getAttribute("aria-busy") === "true") return;
    link.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(link.dataset.earlier, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      this.prepend(link, await answer.text());
    } catch {
      link.removeAttribute("aria-busy"); // it stays in sight and can be pressed
    }
  }

  prepend(link, html) {
    const older = document.createElement("template");
    older.innerHTML = html;
    const scroller = this.scroller;
    const fromEnd = scroller.scrollTop;
    scroller.setAttribute("aria-busy", "true"); // history is not announced
    const [first, last] = [link.nextElementSibling, older.content.querySelector(".day:last-of-type")];
    if (last && first?.dataset.day === last.dataset.day) {
      first.querySelector(".day-label").remove();
      last.append(...first.childNodes);
      first.remove();
    }
    link.replaceWith(older.content);
    scroller.scrollTop = fromEnd;
    scroller.setAttribute("aria-busy", "false");
    this.observe();
  }
}

function parse(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.querySelector(".bubble");
}
