// The desk: all phones, the panel, and the events that move them.

import { call, listen } from "./api.js";
import { button, h, icon } from "./dom.js";
import { language, setLanguage, t } from "./i18n.js";
import { Panel } from "./panel.js";
import { PhoneView } from "./phone.js";
import { phoneDialog } from "./sheets.js";
import { nextTheme, theme } from "./theme.js";

class Desk {
  constructor() {
    this.phones = new Map();
    this.unread = new Map();
    this.clock = { offset: 0, frozen: false };
    this.business = { name: "" };
    this.waiting = 0;
    this.root = document.getElementById("app");
    this.row = h("main", { class: "desk", id: "desk", "aria-label": t("phones"), onscroll: () => this.drawTabs() });
    this.tabs = h("div", { class: "tabs", role: "tablist" });
    this.top = h("header", { class: "top" });
    this.panel = new Panel(this);
    this.panel.root.hidden = matchMedia("(max-width: 1180px)").matches;
    this.nav = h("nav", { class: "tabbar", "aria-label": t("phones") }, this.tabs);
    this.root.append(this.top, this.nav, this.row, this.panel.root);
    this.drawTop();
    setInterval(() => this.tick(), 1000);
    document.addEventListener("visibilitychange", () => this.phones.forEach((phone) => phone.readAll()));
    listen((event) => this.on(event));
  }

  /** The demo's present, in milliseconds. */
  now() {
    return this.clock.frozen ? this.clock.at : Date.now() + (this.skew ?? 0);
  }

  on(event) {
    const phone = this.phones.get(event.message?.phone ?? event.phone?.id ?? event.phone);
    const acts = {
      hello: () => this.load(),
      reset: () => this.load(),
      message: () => phone?.show(event.message),
      phone: () => (phone ? phone.update(event.phone) : this.addPhone(event.phone, [], true)),
      typing: () => phone?.showTyping(event.seconds),
      clock: () => this.setClock(event.clock),
      faults: () => this.panel.setFaults(event.faults),
      log: () => {
        this.panel.log.add(event.entry);
        this.traffic(event.entry, event.waiting);
      },
      gone: () => this.drawTop(true),
    };
    acts[event.type]?.();
  }

  async load() {
    const state = await call("state");
    this.business = state.business;
    this.setClock(state.clock);
    for (const [id, phone] of this.phones) {
      if (state.phones.some((data) => data.id === id)) continue;
      phone.root.remove();
      this.phones.delete(id);
    }
    for (const data of state.phones) {
      const known = this.phones.get(data.id);
      if (known) {
        known.lastRead = 0;
        known.update(data);
        known.load(state.messages[data.id]);
      } else this.addPhone(data, state.messages[data.id]);
    }
    this.panel.setFaults(state.faults);
    this.panel.log.load(state.log);
    this.traffic(state.log.filter((entry) => entry.direction === "webhook").pop(), state.waiting);
    this.drawTop();
    this.drawTabs();
    document.body.dataset.ready = "yes";
  }

  addPhone(data, messages, scroll = false) {
    const phone = new PhoneView(data, this);
    this.phones.set(data.id, phone);
    this.row.append(phone.root);
    phone.load(messages);
    phone.tick();
    this.drawTabs();
    if (scroll) phone.root.scrollIntoView({ inline: "center", behavior: "smooth" });
  }

  setClock(clock) {
    this.clock = { ...clock, at: Date.parse(clock.now) };
    this.skew = this.clock.at - Date.now();
    this.phones.forEach((phone) => (phone.redraw(), phone.toEnd(), phone.drawLabel()));
    this.tick();
  }

  tick() {
    this.panel.tick();
    this.phones.forEach((phone) => phone.tick());
  }

  /** Webhooks count as waiting once one could not be delivered. */
  traffic(entry, waiting) {
    if (entry?.direction === "request") return;
    const count = entry && entry.status !== 200 ? waiting : 0;
    if (count === this.waiting) return;
    this.waiting = count;
    this.drawTop();
  }

  unreadChanged(id, count) {
    if (this.unread.get(id) === count) return;
    this.unread.set(id, count);
    this.drawTabs();
    const all = [...this.unread.values()].reduce((sum, n) => sum + n, 0);
    document.title = `${all ? `(${all}) ` : ""}${t("title")} · ${t("phones")}`;
  }

  drawTop(gone = false) {
    const state = gone
      ? h("span", { class: "chip danger" }, t("offline"))
      : this.waiting > 0 && button({ class: "chip warn", onclick: () => call("webhooks/retry", {}), title: t("retry_now"), test: "waiting" }, icon("reset"), t("waiting", { count: this.waiting }));
    const look = theme();
    this.top.replaceChildren(
      h("h1", {}, h("img", { src: "/static/icon.svg", alt: "" }), t("title"), h("small", {}, t("subtitle"))),
      h("span", { class: "grow" }),
      state || "",
      button({ class: "tool", onclick: phoneDialog, "aria-label": t("add_phone"), title: t("add_phone"), test: "add-phone" }, icon("plus")),
      button({ class: "tool", onclick: () => (nextTheme(), this.drawTop()), "aria-label": t(`theme_${look}`), title: t(`theme_${look}`), test: "theme" }, icon({ auto: "auto", light: "sun", dark: "moon" }[look])),
      button({ class: "tool", onclick: () => this.switchLanguage(), "aria-label": t("language_label"), test: "language" }, language === "de" ? "EN" : "DE"),
      button({ class: "tool", "aria-pressed": String(!this.panel.root.hidden), "aria-controls": "panel", "aria-label": t("panel"), title: t("panel"), test: "toggle-panel", onclick: () => this.togglePanel() }, icon("sliders")),
    );
  }

  togglePanel() {
    this.panel.root.hidden = !this.panel.root.hidden;
    this.drawTop();
  }

  switchLanguage() {
    setLanguage(language === "de" ? "en" : "de");
    this.panel.build();
    this.phones.forEach((phone) => phone.rebuild());
    this.drawTop();
    this.drawTabs();
  }

  /** On a narrow screen: one phone at a time. */
  drawTabs() {
    const middle = this.row.scrollLeft + this.row.clientWidth / 2;
    const phones = [...this.phones.values()];
    const current = phones.find((phone) => phone.root.offsetLeft - this.row.offsetLeft + phone.root.offsetWidth > middle) ?? phones[0];
    const key = JSON.stringify([phones.map((p) => [p.id, this.unread.get(p.id)]), current?.id, language]);
    if (key === this.tabKey) return;
    this.tabKey = key;
    this.tabs.replaceChildren(
      ...phones.map((phone) => {
        const count = phone === current ? 0 : this.unread.get(phone.id);
        const show = () => phone.root.scrollIntoView({ inline: "start", behavior: "smooth" });
        return button({ class: "tab", role: "tab", "aria-selected": String(phone === current), "aria-controls": `phone-${phone.id}`, onclick: show, test: `tab-${phone.id}` }, phone.data.name.split(" ")[0], count ? h("span", { class: "badge", "aria-label": t("unread", { count }) }, String(count)) : "");
      }),
    );
  }
}

new Desk();
