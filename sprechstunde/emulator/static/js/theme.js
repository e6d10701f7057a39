// Light, dark, or as the system has it.

const dark = matchMedia("(prefers-color-scheme: dark)");
const ORDER = ["auto", "light", "dark"];

export const theme = () => localStorage.getItem("theme") ?? "auto";

export function nextTheme() {
  localStorage.setItem("theme", ORDER[(ORDER.indexOf(theme()) + 1) % ORDER.length]);
  apply();
}

function apply() {
  const look = theme() === "auto" ? (dark.matches ? "dark" : "light") : theme();
  document.documentElement.dataset.theme = look;
}

dark.addEventListener("change", apply);
apply();
