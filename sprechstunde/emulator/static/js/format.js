// A chat's own marking: *bold*, _italic_, ~struck~, `code`, ```block```, links. Returns nodes, never markup.

import { h } from "./dom.js";

const MARKS = [
  ["```", "code"],
  ["`", "code"],
  ["*", "strong"],
  ["_", "em"],
  ["~", "s"],
];
const LINK = /\b(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]'])|([\w.+-]+@[\w-]+\.[\w.-]*\w)|((?:\+|\b00)[1-9][\d ()/-]{6,17}\d)/g;

export function formatted(text) {
  for (const [mark, tag] of MARKS) {
    const found = pair(text, mark);
    if (!found) continue;
    const [start, end] = found;
    const inner = text.slice(start + mark.length, end);
    return [...formatted(text.slice(0, start)), h(tag, {}, tag === "code" ? inner : formatted(inner)), ...formatted(text.slice(end + mark.length))];
  }
  return linked(text);
}

/** The words without their marks. */
export const plain = (text) => formatted(text).map((node) => node.textContent ?? node).join("");

/** The first pair of `mark` that stands at the edges of words, as WhatsApp wants it. */
function pair(text, mark) {
  const sign = mark.replace("*", "\\*");
  const found = new RegExp(`(^|[^\\p{L}\\p{N}${mark[0]}])${sign}(?=\\S)([^\\n]*?\\S|[^\\s])${sign}(?![\\p{L}\\p{N}${mark[0]}])`, "su").exec(text);
  if (!found) return null;
  const start = found.index + found[1].length;
  return [start, found.index + found[0].length - mark.length];
}

function linked(text) {
  const nodes = [];
  let last = 0;
  for (const match of text.matchAll(LINK)) {
    nodes.push(text.slice(last, match.index));
    const [whole, web, mail, phone] = match;
    const href = web ?? (mail ? `mailto:${mail}` : `tel:${phone.replace(/[^\d+]/g, "")}`);
    nodes.push(h("a", { href, target: "_blank", rel: "noopener noreferrer" }, whole));
    last = match.index + whole.length;
  }
  nodes.push(text.slice(last));
  return nodes.filter((node) => node !== "");
}

/** True for one to three emoji and nothing else: they are shown large. */
export function isJumbo(text) {
  return text.length <= 24 && /^(?:\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F|\u200D\p{Extended_Pictographic})*\s*){1,3}$/u.test(text.trim());
}
