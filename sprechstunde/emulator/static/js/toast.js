// A word at the bottom of the page that goes away by itself.

import { h } from "./dom.js";
import { t } from "./i18n.js";

let box;

export function toast(key, text) {
  if (!box?.isConnected) {
    box = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
    document.body.append(box);
  }
  const words = text ?? t(key);
  if ([...box.children].some((child) => child.textContent === words)) return;
  const note = h("div", { class: "toast" }, words);
  box.append(note);
  setTimeout(() => note.remove(), 4200);
}
