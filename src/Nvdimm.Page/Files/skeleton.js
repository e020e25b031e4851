// Grey bars in the shape of what is coming.

import { el } from './dom.js';

/** A heading, a row of cards and a table that are being loaded. */
export function skeleton() {
  return el(
    'div',
    { class: 'skeleton' },
    el('p', { class: 'spoken' }, 'Loading…'),
    el('div', { class: 'bar heading' }),
    el(
      'div',
      { class: 'cards' },
      Array.from({ length: 4 }, () => el('div', { class: 'bar card' })),
    ),
    Array.from({ length: 6 }, () => el('div', { class: 'bar' })),
  );
}
