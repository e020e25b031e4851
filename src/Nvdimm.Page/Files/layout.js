// The picture of a device's layout: to scale, and enlarged around the label, which to scale is below one pixel.

import { el, put, svg, wide } from './dom.js';
import { exactSize, size } from './text.js';

const meanings = {
  guest: 'what the guest sees',
  padding: 'lost to alignment',
  label: 'where the guest keeps its namespaces',
  unused: 'lost at the end',
};

/** The picture of the areas, the lens, and buttons that show where each part is; the table beside it says the same in numbers. */
export function layoutPicture(name, total, layout) {
  const { areas } = layout;
  const window = lensOf(areas, total);
  const said = el('p', { class: 'said', 'aria-live': 'polite' });
  const figure = el('figure', { class: 'layout' });
  let chosen = null;

  function light(part) {
    for (const marked of figure.querySelectorAll('[data-part]')) {
      marked.classList.toggle('lit', marked.dataset.part === part);
    }
    const area = areas.find(each => each.name === part);
    said.textContent = area ? sentence(area) : '';
  }

  const chips = areas.map(area =>
    el(
      'button',
      {
        type: 'button',
        class: 'chip',
        'data-part': area.name,
        'aria-pressed': 'false',
        focus: () => light(area.name),
        blur: () => light(chosen),
        click: event => {
          chosen = chosen === area.name ? null : area.name;
          for (const chip of chips) {
            chip.setAttribute('aria-pressed', `${chip === event.currentTarget && chosen !== null}`);
          }
          light(chosen ?? area.name);
        },
      },
      el('span', { class: `swatch ${area.name}`, 'aria-hidden': 'true' }),
      `${area.name} ${size(area.size)}`,
    ),
  );
  figure.addEventListener('pointerover', event => light(event.target.closest('[data-part]')?.dataset.part ?? chosen));
  figure.addEventListener('pointerleave', () => light(chosen));
  return put(
    figure,
    el('figcaption', {}, `The whole device, ${size(total)}`),
    el(
      'div',
      { class: 'strip', role: 'img', 'aria-label': `Layout of ${name}: ${areas.map(spoken).join(', ')}` },
      areas.map(area => part(area, area.size / total)),
    ),
    el('div', { class: 'ends', 'aria-hidden': 'true' }, el('span', {}, '0'), el('span', {}, `${total}`)),
    window === null
      ? null
      : [
          rays(window, total),
          el('p', { class: 'quiet' }, `Around the label, enlarged ${Math.round(total / (window.end - window.start))} times`),
          el(
            'div',
            { class: 'strip lens', 'aria-hidden': 'true' },
            areas.map(area => inLens(area, window)),
          ),
          offsets(areas, window),
        ],
    el('div', { class: 'chips' }, chips),
    said,
  );
}

/** A device whose layout is refused: its length, and nothing in it. */
export function refusedPicture(name, total) {
  return el(
    'figure',
    { class: 'layout' },
    el('figcaption', {}, `The whole device, ${exactSize(total)}. No VM can have it, so nothing is laid out on it.`),
    el('div', { class: 'strip', role: 'img', 'aria-label': `${name}, ${size(total)}, without a layout` }, el('div', { class: 'part refused' })),
    el('div', { class: 'ends', 'aria-hidden': 'true' }, el('span', {}, '0'), el('span', {}, `${total}`)),
  );
}

/** The layout as a table: the picture's text alternative. */
export function layoutTable(name, layout) {
  return el(
    'div',
    { class: 'scroll', role: 'region', 'aria-label': `Layout of ${name}`, tabindex: '0' },
    el(
      'table',
      { class: 'numbers' },
      el('caption', {}, `Layout of ${name}, in bytes from the start of the device`),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          ['Part', 'Offset', 'Size', '', 'For'].map(heading =>
            el('th', { scope: 'col' }, heading === '' ? el('span', { class: 'spoken' }, 'Size for people') : heading),
          ),
        ),
      ),
      el(
        'tbody',
        {},
        layout.areas.map(area =>
          el(
            'tr',
            {},
            el('th', { scope: 'row' }, area.name),
            el('td', {}, `${area.offset}`),
            el('td', {}, `${area.size}`),
            el('td', {}, size(area.size)),
            el('td', { class: 'words' }, meanings[area.name] ?? ''),
          ),
        ),
      ),
    ),
  );
}

function part(area, share) {
  return wide(el('div', { class: `part ${area.name}`, 'data-part': area.name }, el('span', {}, `${area.name} ${size(area.size)}`)), share);
}

/** What the lens shows: the label, all of the padding if it is not too long for that, and some of both sides. */
function lensOf(areas, total) {
  const label = areas.find(area => area.name === 'label');
  if (!label || label.size / total > 0.05) {
    return null;
  }
  const padding = areas.find(area => area.name === 'padding')?.size ?? 0;
  const before = padding <= 24 * label.size ? padding + 4 * label.size : 10 * label.size;
  return { start: Math.max(0, label.offset - before), end: Math.min(total, label.offset + label.size + 9 * label.size) };
}

function inLens(area, window) {
  const start = Math.max(area.offset, window.start);
  const end = Math.min(area.offset + area.size, window.end);
  const cut = `${area.offset < window.start ? 'from' : ''} ${area.offset + area.size > window.end ? 'to' : ''}`;
  return end <= start
    ? null
    : wide(
        el('div', { class: `part ${area.name} ${cut}`, 'data-part': area.name }, el('span', {}, area.name === 'label' ? '' : area.name)),
        (end - start) / (window.end - window.start),
      );
}

/** Two lines from the place of the lens to its ends. */
function rays(window, total) {
  const from = (window.start / total) * 1000;
  const to = (window.end / total) * 1000;
  return svg(
    'svg',
    { class: 'rays', viewBox: '0 0 1000 24', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    svg('path', { d: `M${from} 0 L0 24 M${to} 0 L1000 24`, 'vector-effect': 'non-scaling-stroke' }),
  );
}

/** The offsets where the label begins and ends, and where what the guest sees ends. */
function offsets(areas, window) {
  const label = areas.find(area => area.name === 'label');
  const guest = areas.find(area => area.name === 'guest');
  const marks = [
    [guest.offset + guest.size, 'left'],
    [label.offset, 'right'],
    [label.offset + label.size, 'left'],
  ].filter(([offset], index, all) => offset > window.start && offset <= window.end && all.findIndex(([other]) => other === offset) === index);
  return el(
    'div',
    { class: 'offsets', 'aria-hidden': 'true' },
    marks.map(([offset, side], index) => {
      const share = (offset - window.start) / (window.end - window.start);
      return wide(el('span', { class: `${share > 0.7 ? 'right' : side} row${index === 2 ? 2 : 1}` }, `${offset}`), share);
    }),
  );
}

function spoken(area) {
  return `${area.name} ${size(area.size)} at offset ${area.offset}`;
}

function sentence(area) {
  return `${area.name}, ${meanings[area.name] ?? ''}: ${exactSize(area.size)}, from ${area.offset} to ${area.offset + area.size}`;
}
