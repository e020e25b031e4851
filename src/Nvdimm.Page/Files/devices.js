// The devices of a host: a table that becomes cards on narrow screens, with a filter and a sort.

import { placeOfDevice } from './addresses.js';
import { el, link, put } from './dom.js';
import { errorsOf, findings, readable, tally, union, warningsOf } from './findings.js';
import { deviceState, deviceStates } from './status.js';
import { byName, count, size } from './text.js';

const order = deviceStates.map(({ state }) => state);
const sorts = {
  name: byName,
  size: (left, right) => (right.size ?? 0) - (left.size ?? 0) || byName(left, right),
  state: (left, right) => order.indexOf(left.state) - order.indexOf(right.state) || byName(left, right),
};
const settings = new Map();

/** The devices of a category. What was filtered and sorted stays so until the page is left. */
export function deviceTable(host, category) {
  const name = `${category.title} devices of ${host.name}`;
  const key = `${host.id}/${category.capability}`;
  const set = settings.get(key) ?? { text: '', state: '', sort: 'name' };
  settings.set(key, set);
  const body = el('tbody', { role: 'rowgroup' });
  const found = el('p', { class: 'quiet', role: 'status' });
  const head = columns.map(({ title, narrow }) => el('th', { scope: 'col', role: 'columnheader', class: narrow ?? null }, title));

  function draw() {
    const shown = category.devices
      .filter(device => set.state === '' || device.state === set.state)
      .filter(device => textOf(device).includes(set.text.toLowerCase()))
      .sort(sorts[set.sort]);
    put(
      body,
      shown.map(device => row(host, device)),
    );
    head.forEach(
      (cell, index) =>
        cell.toggleAttribute('aria-sort', false) ||
        (columns[index].sort === set.sort && cell.setAttribute('aria-sort', set.sort === 'size' ? 'descending' : 'ascending')),
    );
    found.textContent = shown.length === category.devices.length ? '' : `${shown.length} of ${count(category.devices.length, 'device')}.`;
  }

  const change = (what, value) => {
    set[what] = value;
    draw();
  };
  const states = deviceStates
    .map(({ state, name: text }) => [state, text, category.devices.filter(device => device.state === state).length])
    .filter(([, , number]) => number > 0);
  draw();
  return [
    el(
      'div',
      { class: 'tools' },
      field('Filter', 'filter', id =>
        el('input', {
          id,
          type: 'search',
          value: set.text,
          placeholder: 'name, uuid, VM …',
          input: event => change('text', event.target.value),
        }),
      ),
      field('Show', 'state', id =>
        select(
          id,
          set.state,
          [['', `All ${category.devices.length}`], ...states.map(([state, text, number]) => [state, `${text} (${number})`])],
          value => change('state', value),
        ),
      ),
      field('Sort', 'sort', id =>
        select(
          id,
          set.sort,
          [
            ['name', 'by name'],
            ['size', 'by size'],
            ['state', 'by state'],
          ],
          value => change('sort', value),
        ),
      ),
    ),
    el('table', { class: 'devices', role: 'table', 'aria-label': name }, el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, head)), body),
    found,
  ];
}

const columns = [
  { title: 'Device', sort: 'name' },
  { title: 'Mode', narrow: 'wide-only' },
  { title: 'Size', sort: 'size' },
  { title: 'NUMA', narrow: 'wide-only' },
  { title: 'State', sort: 'state' },
];

function row(host, device) {
  const details = Object.fromEntries(device.details.map(({ name, value }) => [name, value]));
  const node = details.numa_node ?? '–';
  return el(
    'tr',
    { role: 'row' },
    el(
      'th',
      { scope: 'row', role: 'rowheader' },
      link(placeOfDevice(host.id, device.name), el('span', { class: 'name' }, device.name)),
      details.path ? el('span', { class: 'name quiet line' }, details.path) : null,
      el('span', { class: 'quiet line narrow-only' }, `${details.mode ?? 'unknown mode'}, NUMA node ${node}`),
    ),
    el('td', { role: 'cell', class: 'wide-only' }, details.mode ?? 'unknown'),
    el(
      'td',
      { role: 'cell', class: 'size' },
      device.size === null ? 'unknown' : el('span', { title: `${device.size} B` }, size(device.size)),
      guestOf(device) === null ? null : el('span', { class: 'quiet line' }, `VM sees ${size(guestOf(device))}`),
    ),
    el('td', { role: 'cell', class: 'wide-only' }, node),
    el('td', { role: 'cell', class: 'about' }, deviceState(device), about(device)),
  );
}

/** What a guest sees of a device that a VM has or can have. */
export function guestOf(device) {
  return device.state === 'free' || device.state === 'in_use_by_vm' ? (device.layout?.guest_size ?? null) : null;
}

/** Everything that speaks against a device. The reasons of its state count only if no VM has it. */
export function findingsOf(device) {
  return union(device.state === 'in_use_by_vm' || device.state === 'free' ? [] : device.reasons, device.findings);
}

/** The first reason in full, and the others on demand. */
function about(device) {
  const all = findingsOf(device);
  const [first, ...others] = [...errorsOf(all), ...warningsOf(all)];
  return first === undefined
    ? null
    : [
        el('p', { class: 'reason' }, readable(first.message), first.severity === 'warning' ? [' ', tally(0, 1)] : null),
        others.length === 0
          ? null
          : el('details', {}, el('summary', {}, `${count(others.length, 'more finding')}`), findings(others, `More about ${device.name}`)),
      ];
}

function textOf(device) {
  return [device.name, device.state_text, ...device.details.map(({ value }) => value), ...device.vms.map(vm => vm.name)].join(' ').toLowerCase();
}

function field(label, id, control) {
  return el('p', {}, el('label', { for: id }, label), control(id));
}

function select(id, value, options, changed) {
  return el(
    'select',
    { id, change: event => changed(event.target.value) },
    options.map(([key, text]) => el('option', { value: key, selected: key === value }, text)),
  );
}
