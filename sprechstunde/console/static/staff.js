// Small helps for people at the keyboard; everything works without them.
"use strict";

// "… is typing" goes away by itself.
let typing = 0;
document.addEventListener("htmx:sseMessage", (event) => {
  if (event.detail.type !== "typing") return;
  clearTimeout(typing);
  typing = setTimeout(() => document.getElementById("typing").replaceChildren(), 6000);
});

// What was typed outlives a session that expired on the way: kept in this tab, for this person and chat, until it is sent.
const SENT = "sent";
const keep = (words) => {
  const key = `${document.body.dataset.me} ${new URL(words.form.action).pathname}`;
  if (sessionStorage.getItem(SENT) === key) {
    sessionStorage.removeItem(SENT);
    sessionStorage.removeItem(key);
  }
  // What was not sent comes back with the page, and is still there when a colleague's chat was taken over first.
  if (words.value) sessionStorage.setItem(key, words.value);
  else words.value = sessionStorage.getItem(key) || "";
  words.form.addEventListener("input", () => sessionStorage.setItem(key, document.getElementById("words").value));
  words.form.addEventListener("submit", () => sessionStorage.setItem(SENT, key));
};
document.addEventListener("DOMContentLoaded", () => {
  // It never arrived: the session had ended, or something stood against it.
  if (document.body.classList.contains("entrance") || document.querySelector("#answer .problem"))
    sessionStorage.removeItem(SENT);
  const words = document.getElementById("words");
  if (words) keep(words);
  const out = document.querySelector("form[action='/sign-out']");
  if (out) out.addEventListener("submit", () => sessionStorage.clear());
});

// What is pressed stays where it is: a list redrawn before the finger is up would swallow the click.
let isPressed = false;
const redrawnLater = new Set();
const heardBy = (part) => ((part.getAttribute("hx-trigger") || "").match(/sse:\w+/) || [""])[0];
const letGo = () =>
  setTimeout(() => {
    isPressed = false;
    const all = [...redrawnLater];
    redrawnLater.clear();
    for (const one of all) htmx.trigger(one, heardBy(one));
  });
document.addEventListener("pointerdown", () => (isPressed = true), true);
document.addEventListener("pointerup", letGo, true);
document.addEventListener("pointercancel", letGo, true);
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isPressed || !heardBy(event.detail.target)) return;
  event.detail.shouldSwap = false;
  redrawnLater.add(event.detail.target);
});

// j and k walk through a list, as in a mail program; Ctrl+Enter sends.
document.addEventListener("keydown", (event) => {
  const field = event.target.closest("input, textarea, select");
  if (field && event.key === "Enter" && (event.ctrlKey || event.metaKey) && field.form) {
    field.form.requestSubmit();
    return;
  }
  if (field || event.ctrlKey || event.metaKey || event.altKey || !["j", "k"].includes(event.key)) return;
  const lines = [...document.querySelectorAll("a.line")];
  if (!lines.length) return;
  const at = lines.indexOf(document.activeElement);
  const next = event.key === "j" ? Math.min(at + 1, lines.length - 1) : Math.max(at - 1, 0);
  lines[next].focus();
  event.preventDefault();
});
