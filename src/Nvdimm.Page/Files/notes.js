// What was done, for everybody: a note at the lower edge for six seconds, which is read out, too.

import { el } from './dom.js';
import { icon } from './icons.js';

const lifetime = 6000;

/** Shows a note. It stays while the pointer is on it. */
export function note(text) {
  const shown = el('div', { class: 'note' }, icon('done'), el('span', {}, text));
  let timer = setTimeout(() => shown.remove(), lifetime);
  shown.addEventListener('pointerenter', () => clearTimeout(timer));
  shown.addEventListener('pointerleave', () => {
    timer = setTimeout(() => shown.remove(), lifetime);
  });
  document.getElementById('notes').append(shown);
}
