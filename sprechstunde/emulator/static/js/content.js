// What bubbles carry besides text: pictures, files, appointments, places, people, sound.

import { button, h, icon, svg } from "./dom.js";
import { formatted } from "./format.js";
import { fullDate, month, size, t, time } from "./i18n.js";

export const source = (media, name) => media?.link ?? `/emulator/media/${media?.id}${name ? `?name=${encodeURIComponent(name)}` : ""}`;

export function picture(media) {
  const open = () => {
    const box = h("dialog", { class: "lightbox", "aria-label": t("photo") }, h("img", { src: source(media), alt: "" }), button({ "aria-label": t("close"), onclick: () => box.close() }, icon("close")));
    box.addEventListener("close", () => box.remove());
    box.addEventListener("click", (event) => event.target === box && box.close());
    document.body.append(box);
    box.showModal();
  };
  return button({ class: "picture", "aria-label": t("open_image"), onclick: open }, h("img", { src: source(media), alt: t("photo"), loading: "lazy" }));
}

export const film = (media) => h("div", { class: "picture" }, h("video", { src: source(media), controls: true, preload: "metadata", "aria-label": t("video") }));

export const sticker = (media) => h("img", { class: "sticker-img", src: source(media), alt: t("sticker") });

export function file(media, name) {
  const ending = (name?.split(".").pop() ?? "").toLowerCase().slice(0, 4);
  const link = h(
    "a",
    { class: "file", href: source(media, name), target: "_blank", rel: "noopener", download: ending === "ics" && name, test: "document", data: { filename: name } },
    h("i", { class: `page ${ending}`, style: "font-style:normal", "aria-hidden": "true" }, ending.toUpperCase() || icon("file")),
    h("span", {}, h("b", {}, name), h("small", {}, [ending.toUpperCase(), size(media?.size)].filter(Boolean).join(" · "))),
    icon("download"),
  );
  if (ending === "ics") appointment(media, link);
  return link;
}

/** Shows an .ics as a leaf of the calendar, as a phone would. */
async function appointment(media, link) {
  let text = "";
  try {
    text = (await (await fetch(source(media))).text()).replace(/\r?\n[ \t]/g, "");
  } catch {
    return;
  }
  const event = text.slice(Math.max(text.indexOf("BEGIN:VEVENT"), 0));
  const field = (name) => new RegExp(`^${name}(?:;[^:\\r\\n]*)?:(.*)$`, "m").exec(event)?.[1]?.trim().replace(/\\([,;n\\])/g, (_, c) => (c === "n" ? " " : c));
  const start = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)$/.exec(field("DTSTART") ?? "");
  if (!start) return;
  const [, y, m, d, hour, minute, second, zulu] = start;
  const at = new Date(`${y}-${m}-${d}T${hour}:${minute}:${second}${zulu}`);
  link.querySelector(".page").replaceWith(h("span", { class: "leaf", style: "flex:none" }, h("i", {}, month(at)), h("b", {}, String(at.getDate()))));
  link.querySelector("b:not(.leaf b)").textContent = field("SUMMARY") ?? link.dataset.filename;
  link.querySelector("small").textContent = `${fullDate(at)}, ${time(at)}`;
}

export function place(content) {
  const map = svg("svg", { viewBox: "0 0 250 118", "aria-hidden": "true" });
  const shift = Math.round((Math.abs(content.latitude * 1000) + Math.abs(content.longitude * 777)) % 40) - 20;
  const add = (tag, props) => map.append(svg(tag, props));
  add("rect", { width: 250, height: 118, fill: "#e6ebe0" });
  add("path", { d: `M0 ${84 + shift / 3}C60 ${58 + shift} 110 ${112 - shift} 250 ${70 + shift}V118H0z`, fill: "#bcdcef" });
  add("path", { d: `M16 8h54v34H16zM${150 + shift} 10h70v30h-70z`, fill: "#cfe5c0" });
  for (const d of [`M-5 ${52 + shift / 2}L255 ${30 - shift / 2}`, `M${80 + shift}-5L${112 + shift} 125`, `M${186 + shift}-5L${160 + shift} 125`]) {
    add("path", { d, stroke: "#fff", "stroke-width": 9, fill: "none" });
  }
  add("path", { d: `M-5 ${20 + shift}L255 ${88 - shift}`, stroke: "#f6d98c", "stroke-width": 5, fill: "none" });
  add("path", { d: "M125 82c-14-17-19-23-19-33a19 19 0 0 1 38 0c0 10-5 16-19 33z", fill: "#c5362c" });
  add("circle", { cx: 125, cy: 49, r: 7, fill: "#fff" });
  const { latitude, longitude } = content;
  return h(
    "a",
    { class: "place", href: `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`, target: "_blank", rel: "noopener noreferrer" },
    map,
    h("span", {}, h("b", {}, content.name ?? t("location")), h("small", {}, content.address ?? `${latitude}, ${longitude}`)),
  );
}

export const people = (contacts) =>
  contacts.map((person) => {
    const name = person.name?.formatted_name ?? "";
    return h(
      "div",
      { class: "card" },
      h("span", { class: "face", data: { colour: String(name.length % 6) }, "aria-hidden": "true" }, initials(name)),
      h("span", {}, h("b", {}, name), h("br"), h("small", {}, formatted(person.phones?.map((p) => p.phone).join(", ") ?? t("contact_card")))),
    );
  });

export const initials = (name) => {
  const words = name.trim().split(/\s+/);
  return (words[0]?.[0] ?? "?").toUpperCase() + (words.length > 1 ? words[words.length - 1][0].toUpperCase() : "");
};

export function voice(media, seed) {
  const audio = h("audio", { src: source(media), preload: "metadata" });
  const bars = Array.from({ length: 34 }, (_, i) => h("i", { style: `height:${18 + ((seed * 7 + i * i * 13 + i * 29) % 83)}%` }));
  const label = h("small", {}, "0:00");
  const toggle = button({ "aria-label": t("play"), onclick: () => (audio.paused ? audio.play() : audio.pause()) }, icon("play"));
  const show = (name, word) => {
    toggle.replaceChildren(icon(name));
    toggle.setAttribute("aria-label", t(word));
  };
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  audio.addEventListener("play", () => show("pause", "pause"));
  audio.addEventListener("pause", () => show("play", "play"));
  audio.addEventListener("loadedmetadata", () => Number.isFinite(audio.duration) && (label.textContent = clock(audio.duration)));
  audio.addEventListener("timeupdate", () => {
    const share = audio.currentTime / (audio.duration || 1);
    bars.forEach((bar, i) => bar.classList.toggle("played", i / bars.length < share && !audio.ended));
    label.textContent = clock(audio.currentTime);
  });
  return h("div", { class: "voice" }, toggle, h("span", { class: "wave", "aria-hidden": "true" }, bars), label, audio);
}
