// A tab that nobody looks at holds no stream: over HTTP/1.1 a browser has six connections for all tabs of a site, and
// the seventh page would never load. Seen again, or heard again after a break, it listens anew and is told that
// anything may have changed. A page whose session has ended goes to the door: it must not look alive and be deaf.
"use strict";

const AGAIN_MS = 3000;

class WhileSeen {
  constructor(url) {
    this.url = url;
    this.ears = [];
    this.source = null;
    this.later = 0;
    this.hasHeard = false;
    this.isOver = false;
    this.look = () => (document.visibilityState === "hidden" ? this.rest() : this.listen());
    document.addEventListener("visibilitychange", this.look);
    this.look();
  }

  get readyState() {
    if (this.isOver) return EventSource.CLOSED;
    return this.source && this.source.readyState === EventSource.OPEN ? EventSource.OPEN : EventSource.CONNECTING;
  }

  listen() {
    if (this.source || this.isOver) return;
    const source = new EventSource(this.url);
    this.source = source;
    source.onopen = (event) => this.onopen && this.onopen(event);
    source.onerror = (event) => this.isLost(source, event);
    source.addEventListener("gone", () => location.assign("/sign-in"));
    source.addEventListener("ready", () => this.isReady());
    for (const [name, heard] of this.ears) source.addEventListener(name, heard);
  }

  isReady() {
    tellWhetherHeard(true);
    if (this.hasHeard) for (const name of ["changed", "alarm"]) this.tell(name);
    this.hasHeard = true;
  }

  // A browser comes back by itself after most breaks; not when a proxy said in between that nobody is there.
  isLost(source, event) {
    tellWhetherHeard(false);
    if (this.onerror) this.onerror(event);
    if (source.readyState !== EventSource.CLOSED || this.source !== source) return;
    this.source = null;
    clearTimeout(this.later);
    this.later = setTimeout(this.look, AGAIN_MS);
  }

  tell(name) {
    const event = new MessageEvent(name, { data: "" });
    for (const [told, heard] of [...this.ears]) if (told === name) heard(event);
  }

  rest() {
    clearTimeout(this.later);
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

const tellWhetherHeard = (isHeard) => {
  const notice = document.getElementById("deaf");
  if (notice) notice.hidden = isHeard;
};

htmx.createEventSource = (url) => new WhileSeen(url);
