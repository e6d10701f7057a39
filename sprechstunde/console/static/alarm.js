// How many emergencies are open stands in the title, too: for a tab that something else lies before.
"use strict";

const bare = document.title.slice(document.getElementById("alarm").dataset.title.length);
document.addEventListener("htmx:afterSettle", () => {
  document.title = document.getElementById("alarm").dataset.title + bare;
});
