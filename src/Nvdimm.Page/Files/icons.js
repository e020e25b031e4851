// Icons, drawn here: nothing is loaded. They are never alone: a word or a label stands beside them.

import { svg } from './dom.js';

const paths = {
  up: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2z',
  down: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zm0 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8z',
  changing: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zm0 2v8a4 4 0 1 1 0-8z',
  warning: 'M8 1.5 15.2 14H.8L8 1.5zM7.2 6v4h1.6V6H7.2zm0 5v1.6h1.6V11H7.2z',
  error: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM5.6 4.5 8 6.9l2.4-2.4 1.1 1.1L9.1 8l2.4 2.4-1.1 1.1L8 9.1l-2.4 2.4-1.1-1.1L6.9 8 4.5 5.6l1.1-1.1z',
  done: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm3.3 3.9 1.1 1.1-5.2 5.2L3.9 7.9 5 6.8l2.2 2.2 4.1-4.1z',
  no: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM4 7.2h8v1.6H4V7.2z',
  refresh: 'M8 2.5a5.5 5.5 0 0 1 4.4 2.2V2.5H14V8H8.5V6.4h2.9A3.9 3.9 0 1 0 11.9 9h1.6A5.5 5.5 0 1 1 8 2.5z',
  menu: 'M2 3.5h12v1.6H2V3.5zm0 3.7h12v1.6H2V7.2zm0 3.7h12v1.6H2v-1.6z',
  close: 'M3.7 2.6 8 6.9l4.3-4.3 1.1 1.1L9.1 8l4.3 4.3-1.1 1.1L8 9.1l-4.3 4.3-1.1-1.1L6.9 8 2.6 3.7l1.1-1.1z',
  user: 'M8 2a3 3 0 1 1 0 6 3 3 0 0 1 0-6zm0 7c3.3 0 6 1.6 6 3.6V14H2v-1.4C2 10.6 4.7 9 8 9z',
  copy: 'M5 1h9v10h-3v4H2V5h3V1zm1.5 4H11v4.5h1.5v-7h-6V5z',
};

/** An icon for people who see; readers skip it. */
export function icon(name) {
  return svg(
    'svg',
    { class: `icon ${name}`, viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { d: paths[name], 'fill-rule': 'evenodd' }),
  );
}
