// The page's words in German and English, and dates in the language of the page.

import { de } from "./words.de.js";
import { en } from "./words.en.js";

const WORDS = { de, en };

export let language = localStorage.getItem("language") ?? (navigator.language?.toLowerCase().startsWith("de") ? "de" : "en");

export function setLanguage(next) {
  language = next;
  localStorage.setItem("language", next);
  document.documentElement.lang = next;
}

document.documentElement.lang = language;

/** The words for `key`, with {name} filled from `values`. */
export function t(key, values = {}) {
  const words = WORDS[language][key] ?? WORDS.en[key] ?? key;
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

const locale = () => (language === "de" ? "de-DE" : "en-GB");

export const time = (at) => new Date(at).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" });
export const longDate = (at) => new Date(at).toLocaleDateString(locale(), { weekday: "long", day: "numeric", month: "long" });
export const fullDate = (at) => new Date(at).toLocaleDateString(locale(), { weekday: "short", day: "numeric", month: "long", year: "numeric" });
export const month = (at) => new Date(at).toLocaleDateString(locale(), { month: "short" }).replace(".", "");
export const dayKey = (at) => new Date(at).toLocaleDateString("sv-SE");

/** "Heute", "Gestern", or the date. */
export function dayName(at, now) {
  const days = Math.round((new Date(dayKey(now)) - new Date(dayKey(at))) / 864e5);
  if (days === 0) return t("today");
  if (days === 1) return t("yesterday");
  return new Date(at).toLocaleDateString(locale(), days > 1 && days < 7 ? { weekday: "long" } : { day: "numeric", month: "long", year: "numeric" });
}

export function size(bytes) {
  if (bytes === null || bytes === undefined) return "";
  if (bytes < 1024) return `${bytes} B`;
  const [number, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "KB"] : [bytes / 1048576, "MB"];
  return `${number.toLocaleString(locale(), { maximumFractionDigits: number < 10 ? 1 : 0 })} ${unit}`;
}
