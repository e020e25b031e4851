// The audit: what the engine does not report, over all hosts and VMs.

import { placeOfDevice } from './addresses.js';
import { el, link } from './dom.js';
import { errorsOf, readable, warningsOf } from './findings.js';
import { icon } from './icons.js';
import { count } from './text.js';

/** The view of an audit. */
export const auditView = {
  name: 'Audit',

  async load(engine) {
    const [found, vms] = await Promise.all([engine.audit(), engine.vms()]);
    return { found, names: new Map(vms.map(vm => [vm.id, vm.name])) };
  },

  title: () => 'Audit',

  draw({ found, names }, page) {
    const all = found.map(entry => ({ ...entry.finding, ...entry }));
    return [
      el('div', { class: 'crumbs' }, link('/', 'Overview'), ' › Audit'),
      el(
        'div',
        { class: 'head' },
        el('h1', { tabindex: '-1' }, 'Audit'),
        el('span', { class: 'actions' }, el('button', { type: 'button', id: 'again', click: () => page.reload('again') }, 'Check again')),
      ),
      el('p', { class: 'quiet' }, 'Vanished attachments, VMs without one of their NVDIMMs, and devices that are shared or were swapped, on all hosts.'),
      found.length === 0
        ? el('p', { class: 'empty' }, 'No findings.')
        : [
            el('p', { role: 'status' }, `${count(found.length, 'finding')}.`),
            el(
              'ul',
              { class: 'findings attention', 'aria-label': 'Findings of the audit' },
              [...errorsOf(all), ...warningsOf(all)].map(entry => item(entry, names)),
            ),
          ],
    ];
  },
};

function item(entry, names) {
  return el(
    'li',
    { class: entry.severity },
    icon(entry.severity),
    el(
      'span',
      {},
      el('span', { class: 'spoken' }, entry.severity === 'error' ? 'Error: ' : 'Warning: '),
      readable(entry.message),
      ' ',
      el('code', {}, entry.code),
    ),
    names.has(entry.vm)
      ? link(`/vm/${entry.vm}`, `Go to ${names.get(entry.vm)}`)
      : entry.host && entry.device
        ? link(placeOfDevice(entry.host.id, entry.device), `Go to ${entry.device}`)
        : entry.host
          ? link(`/host/${entry.host.id}`, `Go to ${entry.host.name}`)
          : null,
  );
}
