// One message as a bubble.

import { send } from "./api.js";
import * as carry from "./content.js";
import { button, h, icon } from "./dom.js";
import { formatted, isJumbo, plain } from "./format.js";
import { t, time } from "./i18n.js";
import { listSheet } from "./sheets.js";

const LONG = 700; // characters before "read more"

/** `phone` is the PhoneView that shows it; `first` begins a group and has the tail. */
export function bubble(phone, message, first) {
  const mine = message.author === "patient";
  const options = message.deleted ? [] : message.options;
  const bare = message.kind === "sticker" && !message.deleted;
  const box = h(
    "article",
    {
      class: ["msg", mine ? "mine" : "theirs", first && "first", bare && "bare", options.length && "with-options", emoji(message) && "reacted"].filter(Boolean).join(" "),
      tabindex: "0",
      "aria-label": label(phone, message, mine),
      test: "message",
      data: { messageId: message.id, seq: message.seq, author: message.author, kind: message.kind, status: message.status },
    },
    h(
      "div",
      { class: "bubble" },
      message.deleted ? gone(mine) : [quoted(phone, message), body(message), foot(message)],
      meta(message, mine),
      !message.deleted && button({ class: "grip", tabindex: "-1", "aria-label": t("options_of"), onclick: (event) => phone.menu(message, event.currentTarget) }, icon("down")),
      emoji(message) && h("span", { class: "reactions", test: "reactions" }, emoji(message)),
    ),
    choices(phone, message, options),
  );
  wire(phone, message, box);
  return box;
}

function wire(phone, message, box) {
  if (message.deleted) return;
  const open = () => phone.menu(message, box.querySelector(".bubble"));
  let timer;
  box.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    open();
  });
  box.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse") timer = setTimeout(open, 480);
  });
  for (const name of ["pointerup", "pointermove", "pointercancel", "pointerleave"]) box.addEventListener(name, () => clearTimeout(timer));
  box.addEventListener("keydown", (event) => {
    if (event.target === box && (event.key === "Enter" || event.key === "ContextMenu")) {
      event.preventDefault();
      open();
    }
  });
}

const SIGNS = { image: "📷", video: "🎬", audio: "🎤", document: "📄", location: "📍", contacts: "👤", sticker: "🩹" };

/** A message in one line, for quotes and notifications. */
export function preview(message) {
  const words = plain(message.text) || (message.kind === "document" && message.media?.filename) || t(kindWord(message.kind));
  return [SIGNS[message.kind], words].filter(Boolean).join(" ");
}

const emoji = (message) => Object.values(message.reactions ?? {}).join("");

const label = (phone, message, mine) => `${mine ? t("you") : phone.business}, ${time(message.at * 1000)}: ${message.text || t(kindWord(message.kind))}`;

const kindWord = (kind) => ({ image: "photo", audio: "voice", contacts: "contact" })[kind] ?? kind;

const gone = (mine) => h("span", { class: "deleted" }, icon("block"), t(mine ? "deleted_mine" : "deleted_theirs"));

function body(message) {
  const { kind, content, media } = message;
  const words = message.text && kind !== "location" ? text(message.text) : null;
  if (kind === "image") return [carry.picture(media), words];
  if (kind === "video") return [carry.film(media), words];
  if (kind === "sticker") return carry.sticker(media);
  if (kind === "audio") return carry.voice(media, message.seq);
  if (kind === "document") return [carry.file(media, content.filename ?? media?.filename ?? t("document")), words];
  if (kind === "location") return carry.place(content);
  if (kind === "contacts") return carry.people(content.contacts ?? []);
  if (kind === "unsupported") return h("span", { class: "deleted" }, icon("question"), t("unsupported"));
  return [header(content.header, media), words];
}

function header(part, media) {
  if (!part || typeof part !== "object") return null;
  if (part.type === "text") return h("div", { class: "head" }, part.text);
  if (part.type === "image") return carry.picture(media);
  if (part.type === "video") return carry.film(media);
  return carry.file(media, part.document?.filename ?? media?.filename ?? t("document"));
}

function text(words) {
  if (isJumbo(words)) return h("div", { class: "text jumbo" }, words);
  if (words.length <= LONG) return h("div", { class: "text" }, formatted(words));
  const box = h("div", { class: "text" }, formatted(words.slice(0, LONG)), "… ");
  box.append(button({ class: "more-text", onclick: () => box.replaceChildren(...formatted(words)) }, t("read_more")));
  return box;
}

const foot = (message) => message.author === "business" && message.content?.footer?.text && h("div", { class: "foot" }, message.content.footer.text);

function meta(message, mine) {
  return h("span", { class: "meta" }, message.edited && `${t("edited")} `, h("time", { datetime: new Date(message.at * 1000).toISOString() }, time(message.at * 1000)), mine && ticks(message.status));
}

function ticks(status) {
  const name = { pending: "clock", sent: "tick" }[status] ?? "ticks";
  const mark = icon(name, name === "clock" ? "clock" : status === "read" ? "read" : "");
  return h("span", { role: "img", "aria-label": t(`status_${status}`), test: "ticks" }, mark);
}

function quoted(phone, message) {
  const original = message.context && phone.messages.get(message.context);
  if (!original) return null;
  const own = original.author === "patient";
  return button({ class: `quote${own ? " own" : ""}`, onclick: () => phone.flash(original.id) }, h("b", {}, own ? t("you") : phone.business), h("span", {}, preview(original)));
}

function choices(phone, message, options) {
  if (!options.length) return null;
  const rows = options.filter((option) => option.kind === "row");
  const tap = (option) => send(phone.id, { kind: "tap", option: option.id, message: message.id });
  const parts = options
    .filter((option) => option.kind !== "row")
    .map((option) => {
      const data = { optionId: option.id };
      if (option.kind === "link") return h("a", { class: "option", href: option.id, target: "_blank", rel: "noopener noreferrer", test: "option", data }, icon("link"), option.title);
      const chosen = message.chosen === option.id;
      return button({ class: `option${chosen ? " chosen" : ""}`, onclick: () => tap(option), test: "option", data }, icon(chosen ? "check" : "reply"), option.title);
    });
  if (rows.length) {
    const title = message.content.action.button;
    const open = () => listSheet(phone, message, tap);
    parts.push(button({ class: "option", onclick: open, test: "open-list", "aria-haspopup": "dialog" }, icon("list"), title));
  }
  return h("div", { class: "options", role: "group", "aria-label": t("sections") }, parts);
}
