// One phone: its frame and chat, what is typed on it, what it has read.

import { call, send } from "./api.js";
import { bubble, preview } from "./bubble.js";
import { initials } from "./content.js";
import { button, h, icon } from "./dom.js";
import { dayKey, dayName, longDate, t, time } from "./i18n.js";
import { attachSheet, emojiSheet, messageMenu, numberDialog, popup } from "./sheets.js";

const HIDDEN = new Set(["reaction", "edit", "revoke"]); // their effect shows on another message
const NEAR = 80; // pixels from the end that still count as reading the newest

export class PhoneView {
  constructor(data, desk) {
    this.id = data.id;
    this.data = data;
    this.desk = desk;
    this.messages = new Map();
    this.elements = new Map();
    this.draft = localStorage.getItem(`draft-${data.id}`) ?? "";
    this.locked = localStorage.getItem(`locked-${data.id}`) === "yes";
    this.visible = false;
    this.lastRead = 0;
    this.build();
    new IntersectionObserver(([entry]) => ((this.visible = entry.isIntersecting), this.readAll()), { threshold: 0.5 }).observe(this.root);
  }

  get business() {
    return this.desk.business.name;
  }

  build() {
    const { id } = this;
    this.lines = h("div", { class: "lines" });
    this.stuck = true; // at the end, and to stay there when something grows
    this.top = 0;
    this.chat = h("div", { class: "chat", role: "log", "aria-live": "polite", tabindex: "0", test: `messages-${id}`, "aria-label": t("conversation", { name: this.data.name, business: this.business }), onscroll: () => this.scrolled() }, this.lines);
    const grown = new ResizeObserver(() => this.stuck && this.toEnd());
    grown.observe(this.lines);
    grown.observe(this.chat);
    this.input = h("textarea", { rows: "1", placeholder: t("message"), "aria-label": t("message_to", { name: this.data.name }), test: `composer-${id}`, maxlength: "65536", oninput: () => this.typed(), onkeydown: (event) => this.key(event) });
    this.input.value = this.draft;
    this.go = button({ class: "go", test: `send-${id}`, onclick: () => this.submit() });
    this.state = h("span", { test: `presence-${id}` }, t("online"));
    this.clock = h("span", { class: "time" });
    this.signal = h("span", { class: "right" });
    this.replyBox = h("div", { class: "replying", hidden: true });
    this.jump = button({ class: "jump", hidden: true, "aria-label": t("to_bottom"), onclick: () => this.toEnd(true) }, icon("down"));
    this.screen = h(
      "div",
      { class: "screen", lang: document.documentElement.lang },
      h("div", { class: "statusbar", "aria-hidden": "true" }, this.clock, h("span", { class: "island" }), this.signal),
      h("div", { class: "chathead" }, h("span", { class: "avatar", "aria-hidden": "true" }, icon("cross")), h("div", { class: "names" }, h("b", {}, this.business), this.state)),
      this.chat,
      this.jump,
      this.replyBox,
      h(
        "div",
        { class: "composer" },
        h(
          "div",
          { class: "field" },
          button({ "aria-label": t("emoji"), onclick: () => emojiSheet(this) }, icon("smile")),
          this.input,
          button({ "aria-label": t("attach"), "aria-haspopup": "dialog", test: `attach-${id}`, onclick: () => attachSheet(this) }, icon("plus")),
        ),
        this.go,
      ),
    );
    this.label = h("div", { class: "label" });
    this.root = h("section", { class: "station", id: `phone-${id}`, test: `phone-${id}`, "aria-label": this.data.name }, this.label, h("div", { class: "frame" }, this.screen));
    this.drawLabel();
    this.typed();
    this.redraw();
    if (this.locked) this.drawLock();
  }

  /** After a change of language: the same phone, drawn anew. */
  rebuild() {
    const old = this.root;
    this.build();
    old.replaceWith(this.root);
    this.toEnd();
  }

  update(data) {
    this.data = data;
    this.drawLabel();
    this.tick();
  }

  drawLabel() {
    const { data, id } = this;
    const address = data.phone ? `+${data.phone}` : data.user_id;
    const closes = data.window_closes ? data.window_closes * 1000 : 0;
    const windowText = closes > this.desk.now() ? t("window_open", { time: time(closes) }) : t("window_closed");
    const shut = data.blocked || !data.online || closes <= this.desk.now();
    const online = data.blocked ? t("blocked") : !data.online ? t("flight_on") : windowText;
    const more = button({ class: "tool", "aria-label": `${t("more")}: ${data.name}`, "aria-haspopup": "menu", test: `more-${id}`, onclick: () => this.moreMenu(more) }, icon("more"));
    const flight = button({ class: "tool", "aria-pressed": String(!data.online), title: t("flight"), "aria-label": `${t("flight")}: ${data.name}`, test: `flight-${id}`, onclick: () => call(`phones/${id}`, { online: !data.online }) }, icon("plane"));
    const lock = button({ class: "tool", "aria-pressed": String(this.locked), title: t("lock"), "aria-label": `${t("lock")}: ${data.name}`, test: `lock-${id}`, onclick: () => this.setLocked(!this.locked) }, icon("lock"));
    this.label.replaceChildren(
      h("span", { class: "face", data: { colour: String(data.colour) }, "aria-hidden": "true" }, initials(data.name)),
      h("div", { class: "who" }, h("b", {}, data.name), h("span", { title: address, test: `address-${id}` }, data.phone ? grouped(address) : address), h("span", { class: `window${shut ? " shut" : ""}`, title: online }, online)),
      lock,
      flight,
      more,
    );
  }

  moreMenu(anchor) {
    const { data, id } = this;
    const item = (word, name, run, checked) => button({ class: "item", role: checked === undefined ? "menuitem" : "menuitemcheckbox", "aria-checked": checked === undefined ? null : String(checked), test: `more-${word}`, onclick: () => (close(), run()) }, icon(name), t(word));
    const box = h(
      "div",
      { class: "menu", role: "menu", "aria-label": t("more") },
      item("block", "block", () => call(`phones/${id}`, { blocked: !data.blocked }), data.blocked),
      item("change_number", "swap", () => numberDialog(this)),
      item("unsupported", "question", () => send(id, { kind: "unsupported" })),
    );
    const close = popup(this.label, box, anchor);
  }

  // Messages

  load(messages) {
    this.messages = new Map(messages.map((message) => [message.id, message]));
    this.redraw();
    this.toEnd();
  }

  show(message) {
    const known = this.messages.has(message.id);
    this.messages.set(message.id, message);
    if (!shown(message)) return;
    const old = this.elements.get(message.id);
    if (message.author === "business") this.stopTyping();
    if (old) {
      const fresh = bubble(this, message, old.classList.contains("first"));
      const stops = (element) => [element, ...element.querySelectorAll("button, a")];
      const focused = stops(old).indexOf(document.activeElement);
      old.replaceWith(fresh);
      this.elements.set(message.id, fresh);
      if (focused >= 0) (stops(fresh)[focused] ?? fresh).focus({ preventScroll: true });
      return;
    }
    const stay = this.atEnd() || message.author === "patient";
    const last = [...this.elements.values()].pop();
    if (last && Number(last.dataset.seq) > message.seq) this.redraw();
    else this.append(message, !known || message.author === "business");
    if (stay) this.toEnd();
    this.readAll();
    this.drawUnread();
    if (this.locked) this.drawLock();
  }

  redraw() {
    this.elements.clear();
    this.lastDay = this.lastAuthor = null;
    this.lines.replaceChildren(h("div", { class: "system secure" }, t("opener")));
    for (const message of [...this.messages.values()].sort((a, b) => a.seq - b.seq)) if (shown(message)) this.append(message, false);
    this.drawUnread();
  }

  append(message, fresh) {
    const at = message.at * 1000;
    if (dayKey(at) !== this.lastDay) {
      this.lastDay = dayKey(at);
      this.lastAuthor = null;
      this.lines.append(h("div", { class: "day", role: "separator", test: "day" }, dayName(at, this.desk.now())));
    }
    if (message.kind === "system") {
      this.lines.append(h("div", { class: "system" }, t("number_changed", { name: this.data.name })));
      this.lastAuthor = null;
      return;
    }
    const element = bubble(this, message, message.author !== this.lastAuthor);
    if (fresh) element.classList.add("new");
    this.lastAuthor = message.author;
    this.elements.set(message.id, element);
    this.lines.append(element);
    if (this.dots) this.lines.append(this.dots);
  }

  menu(message, anchor) {
    messageMenu(this, message, anchor);
  }

  flash(id) {
    const element = this.elements.get(id);
    if (!element) return;
    element.scrollIntoView({ block: "center", behavior: "smooth" });
    element.classList.add("flash");
    setTimeout(() => element.classList.remove("flash"), 1200);
  }

  // Typing of the practice

  showTyping(seconds) {
    this.stopTyping();
    this.dots = h("div", { class: "typing msg theirs first", "aria-hidden": "true", test: "typing" }, h("div", { class: "bubble" }, h("i"), h("i"), h("i")));
    const stay = this.atEnd();
    this.lines.append(this.dots);
    this.state.textContent = t("typing");
    if (stay) this.toEnd();
    this.typingTimer = setTimeout(() => this.stopTyping(), seconds * 1000);
  }

  stopTyping() {
    clearTimeout(this.typingTimer);
    this.dots?.remove();
    this.dots = null;
    this.state.textContent = t("online");
  }

  // Reading

  get unread() {
    return [...this.messages.values()].filter((m) => m.author === "business" && m.status === "delivered" && !HIDDEN.has(m.kind)).length;
  }

  atEnd() {
    return this.chat.scrollHeight - this.chat.scrollTop - this.chat.clientHeight < NEAR;
  }

  toEnd(smooth = false) {
    this.stuck = true;
    this.chat.scrollTo({ top: this.chat.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }

  scrolled() {
    // What grew since the last scroll is no reason to let go of the end; scrolling up is.
    const up = this.chat.scrollTop < this.top;
    this.top = this.chat.scrollTop;
    this.stuck = this.atEnd() || (this.stuck && !up);
    this.readAll();
    this.jump.hidden = this.atEnd();
  }

  readAll() {
    if (this.locked || !this.visible || document.hidden || !this.atEnd()) return;
    const newest = Math.max(0, ...[...this.messages.values()].filter((m) => m.author === "business" && m.status === "delivered").map((m) => m.seq));
    if (newest > this.lastRead) {
      this.lastRead = newest;
      call(`phones/${this.id}/read`, { up_to: newest });
    }
  }

  drawUnread() {
    const count = this.unread;
    this.jump.hidden = this.atEnd();
    this.jump.querySelector(".badge")?.remove();
    if (count && !this.locked) this.jump.append(h("span", { class: "badge" }, String(count)));
    this.desk.unreadChanged(this.id, count);
  }

  setLocked(locked) {
    this.locked = locked;
    localStorage.setItem(`locked-${this.id}`, locked ? "yes" : "no");
    this.screen.querySelector(".lockscreen")?.remove();
    if (locked) this.drawLock();
    else {
      this.toEnd();
      this.input.focus();
    }
    this.drawLabel();
    this.readAll();
  }

  drawLock() {
    this.screen.querySelector(".lockscreen")?.remove();
    const waiting = [...this.messages.values()].filter((m) => m.author === "business" && m.status === "delivered" && shown(m));
    const note = (message) => h("div", { class: "note" }, h("span", { class: "avatar" }, icon("cross")), h("div", {}, h("b", {}, this.business), h("p", {}, preview(message))));
    this.screen.append(
      button(
        { class: "lockscreen", "aria-label": t("locked", { name: this.data.name }), test: `lockscreen-${this.id}`, onclick: () => this.setLocked(false) },
        h("div", { class: "time" }, time(this.desk.now())),
        h("div", { class: "date" }, longDate(this.desk.now())),
        h("div", { class: "notes" }, waiting.slice(-4).map(note)),
        h("div", { class: "hint" }, t("unlock")),
      ),
    );
  }

  /** Every second: the clock of the phone. */
  tick() {
    const now = time(this.desk.now());
    this.clock.textContent = now;
    const lockTime = this.screen.querySelector(".lockscreen .time");
    if (lockTime) lockTime.textContent = now;
    const bars = this.data.online ? h("span", { class: "bars" }, h("i"), h("i"), h("i"), h("i")) : icon("plane");
    this.signal.replaceChildren(bars, h("span", { class: "battery" }));
  }

  // Writing

  typed() {
    this.input.style.height = "44px";
    this.input.style.height = `${Math.min(Math.max(this.input.scrollHeight, 44), 128)}px`;
    localStorage.setItem(`draft-${this.id}`, this.input.value);
    const empty = !this.input.value.trim();
    if (this.go.dataset.empty === String(empty)) return;
    this.go.dataset.empty = String(empty);
    this.go.setAttribute("aria-label", t(empty ? "voice_note" : "send"));
    this.go.replaceChildren(icon(empty ? "mic" : "send"));
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && this.input.value.trim()) {
      event.preventDefault();
      this.submit();
    }
    if (event.key === "Escape") this.replyTo(null);
  }

  async submit() {
    const text = this.input.value.trim();
    if (!text) {
      send(this.id, { kind: "audio", ...this.takeReply() });
      return;
    }
    this.input.value = "";
    this.typed();
    this.input.focus();
    try {
      await send(this.id, { kind: "text", text, ...this.takeReply() });
    } catch {
      this.input.value = text;
      this.typed();
    }
  }

  insert(sign) {
    this.input.setRangeText(sign, this.input.selectionStart, this.input.selectionEnd, "end");
    this.typed();
    this.input.focus();
  }

  replyTo(message) {
    this.reply = message?.id ?? null;
    this.replyBox.hidden = !message;
    if (!message) return;
    const own = message.author === "patient";
    this.replyBox.replaceChildren(
      h("div", { class: `quote${own ? " own" : ""}` }, h("b", {}, own ? t("you") : this.business), h("span", {}, preview(message))),
      button({ class: "tool", "aria-label": t("cancel"), onclick: () => this.replyTo(null) }, icon("close")),
    );
    this.input.focus();
  }

  takeReply() {
    const reply = this.reply;
    this.replyTo(null);
    return reply ? { reply_to: reply } : {};
  }
}

/** +49 1511 2345678: easier to read than digits alone. */
const grouped = (number) => number.replace(/^(\+4[49])(\d{4})(\d+)$/, "$1 $2 $3");

/** True for what is on the phone's screen: own messages, and the practice's once they have arrived. */
function shown(message) {
  if (HIDDEN.has(message.kind)) return false;
  return message.author === "patient" || message.status === "delivered" || message.status === "read";
}
