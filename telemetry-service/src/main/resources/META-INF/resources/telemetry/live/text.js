// Elements and words.

/** An element with attributes and children; text stays text, whatever it holds. */
export function node(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.map(child => typeof child === 'string' ? visible(child) : child));
  return element;
}

/** Control characters, such as a terminal's escapes, as their pictures; line ends and tabs stay. */
function visible(text) {
  return text.replace(/[\u0000-\u0008\u000b-\u001f]/g, c => String.fromCharCode(0x2400 + c.charCodeAt(0))).replaceAll('\u007f', '\u2421');
}

export function fill(element, children) {
  element.replaceChildren(...children);
}

export const count = number => number.toLocaleString('en');

/** Processor time, given in core-hours. */
export const cores = hours => hours < 0.1 ? `${count(Math.round(hours * 3600))} core-s` : `${hours.toFixed(2)} core-h`;

/** A moment's time of day; with its date unless it is today. */
export function clock(moment) {
  if (!moment) return '';
  const time = new Date(moment);
  const today = time.toDateString() === new Date().toDateString();
  return time.toLocaleString('sv', today ? { timeStyle: 'medium' } : { dateStyle: 'short', timeStyle: 'medium' });
}

/** A length of time, given in seconds. */
export function span(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor(whole % 3600 / 60)} min`;
}
