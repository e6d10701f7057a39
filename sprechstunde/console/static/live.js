// A tab that nobody looks at holds no stream: over HTTP/1.1 a browser has six connections for all tabs of a site, and
// the seventh page would never load. Seen again, it listens anew and is told that anything may have changed.
"use strict";

class WhileSeen {
  constructor(url) {
    this.url = url;
    this.ears = [];
    this.source = null;
    this.isOver = false;
    this.look = () => (document.visibilityState === "hidden" ? this.rest() : this.listen(true));
    document.addEventListener("visibilitychange", this.look);
    if (document.visibilityState !== "hidden") this.listen(false);
  }

  get readyState() {
    if (this.isOver) return EventSource.CLOSED;
    return this.source ? this.source.readyState : EventSource.CONNECTING;
  }

  listen(isAgain) {
    if (this.source || this.isOver) return;
    this.source = new EventSource(this.url);
    this.source.onopen = (event) => this.onopen && this.onopen(event);
    this.source.onerror = (event) => this.onerror && this.onerror(event);
    for (const [name, heard] of this.ears) this.source.addEventListener(name, heard);
    if (isAgain) this.source.addEventListener("ready", () => this.tell("changed"), { once: true });
  }

  tell(name) {
    const event = new MessageEvent(name, { data: "" });
    for (const [told, heard] of [...this.ears]) if (told === name) heard(event);
  }

  rest() {
    if (this.source) this.source.close();
    this.source = null;
  }

  close() {
    this.isOver = true;
    this.rest();
    document.removeEventListener("visibilitychange", this.look);
  }

  addEventListener(name, heard) {
    this.ears.push([name, heard]);
    if (this.source) this.source.addEventListener(name, heard);
  }

  removeEventListener(name, heard) {
    this.ears = this.ears.filter((ear) => ear[0] !== name || ear[1] !== heard);
    if (this.source) this.source.removeEventListener(name, heard);
  }
}

htmx.createEventSource = (url) => new WhileSeen(url);
