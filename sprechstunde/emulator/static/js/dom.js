// Building elements. Texts always become text nodes: nothing that a chat says can become markup.

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name === "test") element.dataset.testid = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(4).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, props = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function icon(name, extra = "") {
  return svg("svg", { class: `icon ${extra}`.trim(), "aria-hidden": "true" }, svg("use", { href: `/static/icons.svg#${name}` }));
}

export function button(props, ...children) {
  return h("button", { type: "button", ...props }, ...children);
}

/** Keeps Tab inside `box`; Escape calls `close`. Returns a function that gives the focus back. */
export function trap(box, close) {
  const before = document.activeElement;
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
    if (event.key !== "Tab") return;
    const stops = [...box.querySelectorAll("button, input, a[href], textarea, select")].filter((e) => !e.disabled && e.offsetParent);
    if (!stops.length) return;
    const last = stops[stops.length - 1];
    const leaving = event.shiftKey ? document.activeElement === stops[0] : document.activeElement === last;
    if (leaving) {
      event.preventDefault();
      (event.shiftKey ? last : stops[0]).focus();
    }
  });
  return () => before?.isConnected && before.focus();
}
