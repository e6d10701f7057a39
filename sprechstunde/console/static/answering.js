// Answering in a chat that moves on by itself: what the writer has seen, and canned replies beside her own words.
"use strict";

// The form says up to where the chat was read when she began; what comes after that is asked about before it sends.
const haveRead = () => {
  const words = document.getElementById("words");
  const list = document.querySelector("#thread [data-mark]");
  const mark = words && words.form.elements.mark;
  if (!mark || !list) return;
  const file = words.form.elements.file;
  if (!words.value && !(file && file.files.length)) mark.value = list.dataset.mark;
};
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "thread") haveRead();
});
document.addEventListener("input", (event) => {
  if (event.target.id === "words" && !event.target.value) haveRead();
});

// A canned reply goes in where she writes; what she typed stays, and "choose a reply" chooses nothing.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "draft" || event.detail.requestConfig.verb !== "get") return;
  event.detail.shouldSwap = false;
  const words = document.getElementById("words");
  const page = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
  const reply = page.getElementById("words").value;
  document.getElementById("canned").value = "";
  words.focus();
  if (!reply) return;
  const { selectionStart: from, selectionEnd: until, value } = words;
  const ahead = from && !/\s$/.test(value.slice(0, from)) ? "\n" : "";
  const behind = until < value.length && !/^\s/.test(value.slice(until)) ? "\n" : "";
  words.setRangeText(ahead + reply + behind, from, until, "end");
  words.dispatchEvent(new Event("input", { bubbles: true }));
});
