/** Tells the server which messages have been on the screen to their last line, each once: whoever sent them is told. */

export class Seen {
  /** @param {HTMLElement} list where messages come and change @param {(ids: string[]) => Promise<boolean>} tell */
  constructor(list, tell) {
    this.tell = tell;
    this.told = new Set();
    this.waiting = new Set();
    // without a root of its own it knows, too, whether a frame around the page hides it
    this.watcher = new IntersectionObserver((entries) => this.shown(entries));
    new MutationObserver(() => this.watch(list)).observe(list, { childList: true, subtree: true });
    document.addEventListener("visibilitychange", () => this.again());
    this.list = list;
    this.watch(list);
  }

  watch(list) {
    for (const bubble of list.querySelectorAll("[data-unread]")) {
      if (!this.told.has(bubble.dataset.unread)) this.watcher.observe(bubble.querySelector(".moment"));
    }
  }

  shown(entries) {
    if (document.hidden) return;
    for (const { isIntersecting, target } of entries) {
      const bubble = target.closest("[data-unread]");
      if (isIntersecting && bubble && !this.told.has(bubble.dataset.unread)) this.waiting.add(bubble.dataset.unread);
    }
    this.send();
  }

  async send() {
    const ids = [...this.waiting];
    if (!ids.length) return;
    this.waiting.clear();
    for (const id of ids) this.told.add(id);
    if (await this.tell(ids)) return;
    for (const id of ids) {
      this.told.delete(id);
      this.waiting.add(id);
    }
  }

  /** Look again at what is on the screen, and tell what could not be told before. */
  again() {
    if (document.hidden) return;
    this.watcher.disconnect();
    this.watch(this.list);
    this.send();
  }
}
