const SVG = 'http://www.w3.org/2000/svg';

/** The element with this `data-testid`; the same hooks serve the page and its tests. */
export const hook = name => document.querySelector(`[data-testid="${name}"]`);

export const html = (name, attributes, ...children) => build(document.createElement(name), attributes, children);
export const svg = (name, attributes, ...children) => build(document.createElementNS(SVG, name), attributes, children);

/** Children are nodes or text, never markup: whatever a stranger publishes is shown, not run. */
function build(element, attributes = {}, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

export const clockTime = ms =>
  new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });

export const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
