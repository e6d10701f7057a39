// Sheets that rise from the bottom of a phone: the list, the attachments, the emoji; and the menu of a message.

import { call, send, upload } from "./api.js";
import { button, h, icon, trap } from "./dom.js";
import { t } from "./i18n.js";
import { toast } from "./toast.js";

function sheet(phone, title, content, { footer, test } = {}) {
  const close = () => {
    veil.remove();
    back();
  };
  const box = h(
    "div",
    { class: "sheet", role: "dialog", "aria-modal": "true", "aria-label": title, test },
    h("header", {}, h("h2", {}, title), button({ onclick: () => close(), "aria-label": t("close") }, icon("close"))),
    content,
    footer && h("footer", {}, footer),
  );
  const veil = h("div", { class: "veil", onclick: (event) => event.target === veil && close() }, box);
  const back = trap(box, close);
  phone.screen.append(veil);
  (box.querySelector("input, .attach button, .emoji button") ?? box.querySelector("button")).focus();
  return close;
}

/** The rows of a list message, as radio buttons with a button to send. */
export function listSheet(phone, message, tap) {
  const action = message.content.action;
  const rows = new Map(message.options.filter((option) => option.kind === "row").map((option) => [option.id, option]));
  const go = button({ class: "button primary", disabled: true, test: "sheet-send" }, icon("send"), t("send"));
  const list = h("div", { class: "rows", role: "radiogroup", "aria-label": action.button });
  for (const section of action.sections) {
    if (section.title) list.append(h("div", { class: "section" }, section.title));
    for (const row of section.rows) {
      const input = h("input", { type: "radio", name: `list-${message.seq}`, value: row.id, onchange: () => (go.disabled = false) });
      list.append(h("label", { class: "row", test: "row", data: { optionId: row.id } }, h("span", {}, h("b", {}, row.title), row.description && h("small", {}, row.description)), input));
    }
  }
  const close = sheet(phone, action.button, list, { footer: go, test: "list-sheet" });
  const submit = () => {
    const chosen = list.querySelector("input:checked");
    if (!chosen) return;
    close();
    tap(rows.get(chosen.value));
  };
  go.addEventListener("click", submit);
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // else it would also press the button that gets the focus back
    submit();
  });
}

export function attachSheet(phone) {
  const pick = (kind, accept) => {
    const input = h("input", { type: "file", accept });
    input.addEventListener("change", async () => {
      if (input.files.length) send(phone.id, { kind, media: await upload(input.files[0]), ...phone.takeReply() });
    });
    input.click();
  };
  const sample = (kind) => () => send(phone.id, { kind, ...phone.takeReply() });
  const items = [
    ["photo", "image", "#7a4bc4", () => pick("image", "image/jpeg,image/png")],
    ["camera", "camera", "#b83260", sample("image")],
    ["document", "file", "#2c5d9b", () => pick("document", "")],
    ["sample_document", "file", "#3d6f8f", sample("document")],
    ["location", "pin", "#1d7a4f", sample("location")],
    ["contact", "person", "#0a6f9e", sample("contacts")],
    ["voice", "mic", "#a35a00", sample("audio")],
    ["video", "video", "#93402e", sample("video")],
    ["sticker", "sticker", "#6d6318", sample("sticker")],
    ["unsupported", "question", "#566470", sample("unsupported")],
  ];
  const grid = h(
    "div",
    { class: "attach" },
    items.map(([word, name, colour, act]) =>
      button({ test: `attach-${word}`, onclick: () => (close(), act()) }, h("span", { class: "disc", style: `background:${colour}` }, icon(name)), t(word)),
    ),
  );
  const close = sheet(phone, t("attach"), grid, { test: "attach-sheet" });
}

const EMOJI = "😀 😃 😊 😉 😅 😂 🙂 😍 😘 🤔 😬 😐 😕 😢 😭 😡 😱 🥱 🤒 🤕 🤢 🤧 😷 🥵 👍 👎 👌 🙏 👋 💪 🙌 👏 ❤️ 🧡 💚 💙 ⭐ ✨ 🎉 ✅ ❌ ❓ ❗ ⏰ 📅 📍 📞 💊 💉 🩺 🩹 🦷 👶 🤰 👵 👴 🏥 🚑 🚗 🚲 ☀️ 🌧️ ❄️ ☕ 🍀".split(" ");

export function emojiSheet(phone) {
  const grid = h("div", { class: "emoji" }, EMOJI.map((sign) => button({ onclick: () => (close(), phone.insert(sign)), "aria-label": sign }, sign)));
  const close = sheet(phone, t("emoji"), grid);
}

const BELOW = 72; // the composer stays free
const QUICK = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

/** Reactions and actions on a message, beside `anchor`. */
export function messageMenu(phone, message, anchor) {
  phone.screen.querySelector(".menu")?.remove();
  const mine = message.author === "patient";
  const act = (request) => () => (close(), send(phone.id, { message: message.id, ...request }));
  const item = (word, name, run, danger = false) => button({ class: `item${danger ? " danger" : ""}`, role: "menuitem", onclick: run, test: `menu-${word}` }, icon(name), t(word));
  const copy = async () => {
    close();
    await navigator.clipboard.writeText(message.text);
    toast("copied");
  };
  const editable = mine && ["text", "image", "document", "video"].includes(message.kind);
  const box = h(
    "div",
    { class: "menu", role: "menu", "aria-label": t("options_of"), test: "message-menu" },
    h(
      "div",
      { class: "quick", role: "group" },
      QUICK.map((sign) => {
        const pressed = message.reactions.patient === sign;
        return button({ onclick: act({ kind: "reaction", emoji: pressed ? "" : sign }), role: "menuitemcheckbox", "aria-label": t("react", { emoji: sign }), "aria-checked": String(pressed) }, sign);
      }),
    ),
    item("reply", "reply", () => (close(), phone.replyTo(message))),
    message.text && item("copy", "copy", copy),
    editable && item("edit", "edit", () => (close(), editDialog(phone, message))),
    mine && item("delete", "trash", act({ kind: "delete" }), true),
    mine && item("resend", "out", act({ kind: "resend" })),
  );
  const close = popup(phone.screen, box, anchor);
}

/** A menu inside `host`, placed beside `anchor`; goes away on Escape or a click elsewhere. */
export function popup(host, box, anchor) {
  const away = (event) => !box.contains(event.target) && close();
  const close = () => {
    box.remove();
    document.removeEventListener("pointerdown", away, true);
    back();
  };
  const back = trap(box, () => close());
  host.append(box);
  const outer = host.getBoundingClientRect();
  const at = anchor.getBoundingClientRect();
  const top = Math.min(Math.max(at.top - outer.top + 26, 8), Math.max(host.clientHeight, 60) - box.offsetHeight - BELOW);
  const left = Math.min(Math.max(at.right - outer.left - box.offsetWidth, 8), host.clientWidth - box.offsetWidth - 8);
  box.style.top = `${host.classList.contains("screen") ? top : at.bottom - outer.top + 4}px`;
  box.style.left = `${left}px`;
  box.querySelector("button")?.focus();
  setTimeout(() => document.addEventListener("pointerdown", away, true));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const items = [...box.querySelectorAll(".item")];
    const next = items.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    items[(next + items.length) % items.length]?.focus();
  });
  return close;
}

/** A small dialog with fields; resolves to their values, or null. */
export function ask(title, fields, { hint, action = "save" } = {}) {
  return new Promise((resolve) => {
    const box = h(
      "dialog",
      { class: "ask", "aria-label": title, test: "dialog" },
      h(
        "form",
        { method: "dialog", onsubmit: () => resolve(Object.fromEntries(new FormData(box.querySelector("form")))) },
        h("h2", {}, title),
        hint && h("p", {}, hint),
        fields.map(({ label, ...props }) => {
          const { area, value, ...rest } = props;
          const input = area ? h("textarea", { class: "input", ...rest }, value) : h("input", { class: "input", value, ...rest });
          return h("label", {}, label, input);
        }),
        h("div", { class: "row-buttons" }, button({ class: "button", onclick: () => box.close() }, t("cancel")), h("button", { class: "button primary", test: "dialog-ok" }, t(action))),
      ),
    );
    box.addEventListener("close", () => {
      box.remove();
      resolve(null);
    });
    document.body.append(box);
    box.showModal();
  });
}

async function editDialog(phone, message) {
  const given = await ask(t("edit_title"), [{ label: t("message"), name: "text", area: true, value: message.text, required: true }]);
  if (given?.text.trim()) send(phone.id, { kind: "edit", message: message.id, text: given.text });
}

export async function numberDialog(phone) {
  const given = await ask(t("change_number_title", { name: phone.data.name }), [{ label: t("number"), name: "phone", type: "tel", required: true, pattern: "[+0-9 \\(\\)\\-]{7,22}", placeholder: "+49 1511 …" }]);
  if (given) send(phone.id, { kind: "change_number", phone: given.phone });
}

export async function phoneDialog() {
  const fields = [
    { label: t("name"), name: "name", required: true, maxlength: "60", autocomplete: "off" },
    { label: t("number"), name: "phone", type: "tel", placeholder: "+49 1511 …", autocomplete: "off" },
  ];
  const given = await ask(t("add_phone"), fields, { hint: t("add_phone_hint"), action: "add" });
  if (given) await call("phones", { name: given.name, phone: given.phone || null });
}
