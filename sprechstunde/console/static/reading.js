// A chat follows its newest message, unless somebody reads further up: then it stays where it is and says what came.
"use strict";

const NEAR = 40; // pixels from the end

const reading = (thread, newer) => {
  let place = 0;
  let isAtEnd = true;
  const down = () => {
    thread.scrollTop = thread.scrollHeight;
    newer.hidden = true;
  };
  const newest = () => thread.querySelectorAll(":scope > ol > li").length + thread.textContent.length;
  let known = newest();
  thread.addEventListener("scroll", () => {
    if (thread.scrollHeight - thread.scrollTop - thread.clientHeight < NEAR) newer.hidden = true;
  });
  newer.addEventListener("click", () => {
    down();
    thread.focus();
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== thread) return;
    place = thread.scrollTop;
    isAtEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < NEAR;
    known = newest();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== thread) return;
    if (isAtEnd) return down();
    thread.scrollTop = place;
    if (newest() !== known) newer.hidden = false;
  });
  down();
};

document.addEventListener("DOMContentLoaded", () => {
  const thread = document.getElementById("thread");
  if (thread) reading(thread, document.getElementById("newer"));
});
