// A device: its layout, what is known of it, its history, and which VMs can have it.

import { findingsOf } from './devices.js';
import { el, link, put } from './dom.js';
import { errorsOf, findings, hint, readable, warningsOf } from './findings.js';
import { icon } from './icons.js';
import { layoutPicture, layoutTable, refusedPicture } from './layout.js';
import { deviceState } from './status.js';
import { byName, count, detail, exactSize, heading, list, when } from './text.js';

/** The view of a device. */
export const deviceView = {
  name: 'Device',
  load: (engine, { id, name }) => engine.device(id, name),
  title: ({ device }) => device.name,
  draw: ({ host, device, xml, content, record, record_problem: trouble, events, places }, page) => [
    el('div', { class: 'crumbs' }, link('/', 'Hosts'), ' › ', link(`/host/${host.id}`, host.name), ' › ', device.name),
    el('div', { class: 'head' }, el('h1', { tabindex: '-1', class: 'name' }, device.name), deviceState(device)),
    reasons(device),
    el('section', { class: 'panel', 'aria-labelledby': 'layout' }, el('h2', { id: 'layout' }, 'Layout'), layout(device, host)),
    el(
      'div',
      { class: 'columns' },
      el(
        'section',
        { 'aria-labelledby': 'facts' },
        el('h2', { id: 'facts' }, 'Facts'),
        el(
          'dl',
          { class: 'facts' },
          device.details.map(entry => fact(heading(entry.name), el('span', { class: 'name' }, detail(entry)))),
          content ? fact('Content found', content) : null,
        ),
      ),
      // A server that keeps no history says so with no list, not with an empty one.
      events ? el('section', { 'aria-labelledby': 'history' }, el('h2', { id: 'history' }, 'History'), history(record, trouble, events)) : null,
    ),
    el(
      'section',
      { 'aria-labelledby': 'places-of-device' },
      el('h2', { id: 'places-of-device' }, 'Where it can go'),
      placesList(host, device, places),
    ),
    xml
      ? el(
          'section',
          { 'aria-labelledby': 'xml' },
          el('h2', { id: 'xml' }, 'Domain XML'),
          el(
            'p',
            { class: 'quiet' },
            device.vms.length > 0
              ? `What libvirt gets when ${device.vms[0].name} starts.`
              : `What libvirt would get for a new VM on ${host.name} with one NUMA node.`,
          ),
          copyable(xml, page),
        )
      : null,
  ],
};

/** Why no other VM can have it, first and once; then warnings. */
function reasons(device) {
  const all = findingsOf(device);
  const [first, ...others] = errorsOf(all);
  return [
    first === undefined ? null : hint('error', el('p', {}, readable(first.message)), findings(others, 'Other reasons')),
    findings(warningsOf(all), `About ${device.name}`),
  ];
}

function layout(device, host) {
  const isLaidOut = device.layout !== null && ['free', 'in_use_by_vm'].includes(device.state);
  return isLaidOut
    ? [
        el('p', { class: 'quiet' }, device.vms.length > 0 ? `As ${device.vms[0].name} has it.` : `As a new VM on ${host.name} would get it.`),
        layoutPicture(device.name, device.size, device.layout),
        layoutTable(device.name, device.layout),
      ]
    : device.size === null
      ? el('p', {}, 'The host does not say how large the device is.')
      : refusedPicture(device.name, device.size);
}

function history(record, trouble, events) {
  const entries = [
    ...events.map(event => [event.time, event.description]),
    ...(record
      ? [
          [record.first_recorded, 'First noted in the ledger of layouts.'],
          [record.owned_since, record.owner ? `Became the device of ${record.owner}.` : null],
          [
            record.last_changed,
            record.guest_size ? `Layout recorded: guest ${exactSize(record.guest_size)}, label at ${record.label_offset}.` : null,
          ],
          [
            record.last_used,
            `Last used${record.hypervisor ? ` with ${record.hypervisor}` : ''}${record.labels ? `, ${count(record.labels, 'label')} on it` : ''}.`,
          ],
        ]
      : []),
  ]
    .filter(([time, text]) => time && text)
    .sort(([left], [right]) => new Date(right) - new Date(left));
  return [
    trouble ? hint('warning', el('p', {}, trouble)) : null,
    entries.length === 0
      ? el('p', { class: 'empty' }, 'Nothing yet. Attaching it to a VM is noted here, and so is each layout that a VM started with.')
      : el(
          'ol',
          { class: 'history' },
          entries.map(([time, text]) => el('li', {}, el('time', { datetime: new Date(time).toISOString() }, when(time)), el('span', {}, text))),
        ),
  ];
}

function placesList(host, device, places) {
  return !['free', 'in_use_by_vm'].includes(device.state)
    ? el('p', { class: 'empty' }, 'Nowhere, as said above.')
    : places.length === 0
      ? el('p', { class: 'empty' }, `No VM is pinned to ${host.name}.`)
      : el(
          'ul',
          { class: 'places' },
          [...places]
            .sort((left, right) => rank(left) - rank(right) || byName(left.vm, right.vm))
            .map(place =>
              el(
                'li',
                {},
                el(
                  'span',
                  { class: place.is_attached || place.is_allowed ? 'yes' : 'no' },
                  icon(place.is_attached ? 'up' : place.is_allowed ? 'done' : 'no'),
                  link(`/vm/${place.vm.id}`, el('span', { class: 'name' }, place.vm.name)),
                ),
                place.is_attached
                  ? el('span', {}, 'has it')
                  : place.is_allowed
                    ? el('span', {}, 'can have it. ', link(`/vm/${place.vm.id}/attach`, `Attach to ${place.vm.name}`))
                    : el('span', {}, whyNot(host, place)),
              ),
            ),
        );
}

/** A VM that is not pinned here cannot have it, whatever else; that is said in place of the engine's words for it. */
function whyNot(host, place) {
  const pins = place.pinned_to;
  return pins.length === 1 && pins[0] !== host.name
    ? `is pinned to another host, ${pins[0]}`
    : pins.length === 0
      ? ['is not pinned to ', host.name, '. ', link(`/vm/${place.vm.id}`, `Pin ${place.vm.name}`)]
      : pins.length > 1
        ? ['is pinned to ', list(pins), ', and a device is of one host. ', link(`/vm/${place.vm.id}`, `Pin ${place.vm.name}`)]
        : errorsOf(place.findings).flatMap(finding => [readable(finding.message), ' ']);
}

function rank(place) {
  return place.is_attached ? 0 : place.is_allowed ? 1 : 2;
}

function fact(name, value) {
  return [el('dt', {}, name), el('dd', {}, value)];
}

/** A text with a button that copies it. */
function copyable(text, page) {
  const button = el(
    'button',
    {
      type: 'button',
      click: async () => {
        try {
          await navigator.clipboard.writeText(text);
          page.note('The XML was copied.');
        } catch {
          put(button, icon('copy'), 'Cannot copy: select the text');
        }
      },
    },
    icon('copy'),
    'Copy',
  );
  return el('div', { class: 'copyable' }, button, el('pre', { tabindex: '0', 'aria-label': 'Domain XML' }, el('code', {}, text)));
}
