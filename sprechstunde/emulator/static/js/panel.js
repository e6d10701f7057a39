// The control panel: the clock, trouble on order, everything back to the start.

import { call } from "./api.js";
import { button, h, icon } from "./dom.js";
import { fullDate, t } from "./i18n.js";
import { LogView } from "./log.js";
import { toast } from "./toast.js";

const SENDS = {
  e130429: { kind: "error", code: 130429 },
  e131056: { kind: "error", code: 131056 },
  e131047: { kind: "error", code: 131047 },
  e131026: { kind: "error", code: 131026 },
  as_status: { kind: "error", code: 131026, as_status: true },
  e500: { kind: "http_500" },
  timeout: { kind: "timeout" },
  lost_answer: { kind: "lost_answer" },
};
const WEBHOOKS = ["duplicate", "reorder", "delay", "batch"];

export class Panel {
  constructor(desk) {
    this.desk = desk;
    this.log = new LogView();
    this.root = h("aside", { class: "panel", id: "panel", test: "panel", "aria-label": t("panel") });
    this.build();
  }

  build() {
    this.root.setAttribute("aria-label", t("panel"));
    this.time = h("div", { class: "bigclock", role: "timer", test: "clock" });
    this.date = h("div", { class: "bigdate" });
    this.orders = h("div", { class: "orders", test: "faults", role: "status" });
    this.log.build();
    this.root.replaceChildren(this.clockSection(), this.troubleSection(), this.resetSection(), this.log.root);
    this.tick();
    this.setFaults(this.faults ?? { send: [], webhook: [] });
  }

  clockSection() {
    const move = (body) => () => call("clock", body);
    const chip = (word, body) => button({ class: "button", onclick: move(body), test: `clock-${word}` }, t(word));
    const input = h("input", { class: "input", type: "datetime-local", "aria-label": t("go_to_label"), test: "clock-input" });
    const set = () => input.value && call("clock", { to: new Date(input.value).toISOString() });
    const local = new Date(this.desk.now() - new Date(this.desk.now()).getTimezoneOffset() * 60000);
    input.value = local.toISOString().slice(0, 16);
    return h(
      "section",
      {},
      h("h2", {}, icon("clock"), t("clock")),
      this.time,
      this.date,
      h("div", { class: "buttons" }, chip("hour", { advance: 3600 }), chip("day", { advance: 90000 }), chip("week", { advance: 604800 })),
      h("div", { class: "inline" }, input, button({ class: "button", onclick: set, test: "clock-set" }, t("go_to"))),
      h("div", { class: "inline" }, button({ class: "button", style: "flex:1", onclick: move({ reset: true }), test: "clock-reset" }, icon("reset"), t("back_to_now"))),
    );
  }

  troubleSection() {
    const count = (test) => h("input", { class: "input", type: "number", min: "1", max: "99", value: "1", "aria-label": t("count"), test });
    const select = (test, label, words) => h("select", { class: "input", "aria-label": label, test }, words.map((word) => h("option", { value: word }, t(word))));
    const kind = select("send-fault", t("sends"), Object.keys(SENDS));
    const kindCount = count("send-fault-count");
    const hook = select("webhook-fault", t("webhooks"), WEBHOOKS);
    const hookCount = count("webhook-fault-count");
    const order = (body) => call("faults", body);
    const number = (input) => Math.max(1, Number.parseInt(input.value, 10) || 1);
    const pair = (label, field, counter, test, run) =>
      h("div", { class: "pair" }, h("label", { class: "field-label" }, label, field), h("label", { class: "field-label" }, t("count"), counter), button({ class: "button", test, onclick: run }, t("order")));
    return h(
      "section",
      {},
      h("h2", {}, icon("bolt"), t("trouble")),
      pair(t("sends"), kind, kindCount, "send-fault-order", () => order({ send: { ...SENDS[kind.value], count: number(kindCount) } })),
      pair(t("webhooks"), hook, hookCount, "webhook-fault-order", () => order({ webhook: { kind: hook.value, count: number(hookCount) } })),
      this.orders,
    );
  }

  resetSection() {
    const reset = async () => {
      await call("reset", {});
      toast("reset_done");
    };
    return h("section", {}, button({ class: "button danger", style: "width:100%", onclick: reset, test: "reset-all" }, icon("reset"), t("reset")));
  }

  setFaults(faults) {
    this.faults = faults;
    const chips = [
      ...faults.send.map((f) => [f.as_status ? "as_status" : f.kind === "error" ? `e${f.code}` : f.kind === "http_500" ? "e500" : f.kind, f.count]),
      ...faults.webhook.map((f) => [f.kind, f.count]),
    ];
    if (!chips.length) this.orders.replaceChildren(h("p", { class: "empty" }, t("nothing_ordered")));
    else
      this.orders.replaceChildren(
        ...chips.map(([word, count]) => h("span", { class: "chip danger" }, `${count} × ${t(word)}`)),
        button({ class: "chip", onclick: () => call("faults", undefined, "DELETE"), test: "faults-clear" }, icon("close"), t("clear")),
      );
  }

  /** Every second. */
  tick() {
    const now = new Date(this.desk.now());
    this.time.textContent = now.toLocaleTimeString("de-DE", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
    const { offset, frozen } = this.desk.clock;
    const key = `${fullDate(now)}|${Math.round(offset / 60)}|${frozen}|${t("clock")}`;
    if (key === this.dateKey && this.date.childNodes.length) return;
    this.dateKey = key;
    const moved = Math.abs(offset) >= 2;
    const note = frozen ? t("frozen") : moved ? t("shifted", { by: span(offset) }) : t("real_time");
    this.date.replaceChildren(fullDate(now), h("span", { class: `chip ${moved || frozen ? "warn" : ""}`, style: "padding:2px 9px" }, note));
  }
}

/** +26 h, −3 d 2 h */
function span(seconds) {
  const minutes = Math.round(Math.abs(seconds) / 60);
  const parts = [
    [Math.floor(minutes / 1440), "d"],
    [Math.floor((minutes % 1440) / 60), "h"],
    [minutes % 60, "min"],
  ];
  return (seconds < 0 ? "−" : "+") + (parts.filter(([n]) => n).map(([n, unit]) => `${n} ${unit}`).join(" ") || "0 min");
}
