/**
 * An element. Children are nodes or text, never markup: whatever a stranger calls himself or publishes is shown, not run.
 * `props`: `class`, `on…` listeners, everything else is an attribute; false and null are left out.
 */
export function el(name, props = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}

/** Writes only what has changed: an unchanged node keeps selections, and tells a screen reader nothing. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export const hook = name => document.querySelector(`[data-testid="${name}"]`);

/** Runs now and then again, each time so long after it has ended, while the page is to be seen. Returns what ends it. */
export function every(millis, work) {
  let timer;
  let over = false;
  const run = async () => {
    clearTimeout(timer);
    if (!document.hidden) await work();
    clearTimeout(timer);
    if (!over) timer = setTimeout(run, millis);
  };
  run();
  const seen = () => document.hidden || run();
  document.addEventListener('visibilitychange', seen);
  const stop = () => {
    over = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', seen);
  };
  return { stop, now: run };
}

let hush;

/** Says what came of something, for all to see and hear; goes away by itself. */
export function tell(words, bad = false) {
  const said = hook('said');
  said.classList.toggle('bad', bad);
  said.textContent = words;
  clearTimeout(hush);
  hush = setTimeout(() => (said.textContent = ''), bad ? 12_000 : 6_000);
}

/** Asks before something is done that cannot be undone. */
export function sure(title, words, action) {
  const dialog = document.getElementById('ask');
  say(dialog.querySelector('h2'), title);
  say(dialog.querySelector('p'), words);
  say(dialog.querySelector('.danger'), action);
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise(resolve => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}
