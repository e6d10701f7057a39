// The raw traffic: webhooks to the practice, requests of the practice.

import { button, h, icon } from "./dom.js";
import { t } from "./i18n.js";
import { toast } from "./toast.js";

const MOST = 80;

export class LogView {
  constructor() {
    this.entries = [];
    this.root = h("section", { class: "logsec", test: "log" });
  }

  build() {
    this.list = h("ol", { class: "entries" });
    this.root.replaceChildren(h("h2", {}, icon("list"), t("log")), this.list);
    this.draw();
  }

  load(entries) {
    this.entries = [...entries].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, MOST);
    this.draw();
  }

  add(entry) {
    this.entries.unshift(entry);
    this.entries.length = Math.min(this.entries.length, MOST);
    if (this.list.querySelector(".empty")) this.list.replaceChildren();
    this.list.prepend(row(entry));
    while (this.list.children.length > MOST) this.list.lastElementChild.remove();
  }

  draw() {
    if (!this.entries.length) this.list.replaceChildren(h("li", { class: "empty", style: "border:0" }, t("log_empty")));
    else this.list.replaceChildren(...this.entries.map(row));
  }
}

function row(entry) {
  const webhook = entry.direction === "webhook";
  const good = entry.status >= 200 && entry.status < 300;
  const notes = [entry.attempt > 1 && t("attempt", { n: entry.attempt }), ...(entry.notes ?? [])].filter(Boolean);
  const details = h(
    "details",
    { test: "log-entry" },
    h(
      "summary",
      {},
      h("span", { title: t(webhook ? "to_bot" : "from_bot") }, icon(webhook ? "out" : "in"), h("span", { class: "sr" }, t(webhook ? "to_bot" : "from_bot"))),
      h("span", { class: "what" }, title(entry), h("small", {}, [new Date(entry.at).toLocaleTimeString("de-DE"), `${entry.ms} ms`, ...notes].join(" · "))),
      h("span", { class: `code${good ? "" : " bad"}` }, String(entry.status ?? entry.problem ?? "–")),
    ),
  );
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) details.append(...[raw("body", entry.body), raw("answer", entry.answer)].filter(Boolean));
  });
  return h("li", {}, details);
}

/** A request by what it carries, rather than by its address. */
function title(entry) {
  const body = entry.body;
  if (entry.direction === "webhook" || !body || typeof body !== "object") return entry.title.replace(/\/v\d+\.\d+\//, "/");
  if (body.status === "read") return body.typing_indicator ? "read, typing" : "read";
  const code = entry.answer?.error?.code;
  return `send ${body.interactive?.type ?? body.type ?? ""}${code ? ` → #${code}` : ""}`;
}

function raw(word, data) {
  if (data === null || data === undefined) return null;
  const text = typeof data === "string" ? data : JSON.stringify(data, null, 2);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    toast("copied");
  };
  return h("div", {}, h("h3", {}, t(word), button({ onclick: copy }, t("copy"))), h("pre", { tabindex: "0" }, text));
}
