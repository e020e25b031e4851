// A host: its persistent memory in one picture, and its devices.

import { deviceTable } from './devices.js';
import { el, link } from './dom.js';
import { findings, hint } from './findings.js';
import { memoryLegend, memoryPicture, memoryWords, scaleOf } from './memory.js';
import { status } from './status.js';
import { count, list } from './text.js';

/** The view of a host. */
export const hostView = {
  name: 'Host',
  load: (engine, { id }) => engine.devices(id),
  title: host => host.name,
  hosts: host => [host],
  draw: (host, page) => [
    el('div', { class: 'crumbs' }, link('/', 'Hosts'), ' › ', host.name),
    el(
      'div',
      { class: 'head' },
      el('h1', { tabindex: '-1', class: 'name' }, host.name),
      host.status ? status(host.status) : null,
      el('span', { class: 'actions' }, el('button', { type: 'button', id: 'ask', click: () => page.reload('ask') }, 'Refresh devices')),
    ),
    el('p', { class: 'quiet' }, facts(host)),
    host.regions.length === 0
      ? null
      : el(
          'section',
          { class: 'panel', 'aria-label': `Persistent memory of ${host.name}` },
          memoryPicture(host, scaleOf([host])),
          memoryWords(host),
          memoryLegend(),
        ),
    host.categories.map(category =>
      el(
        'section',
        { 'aria-labelledby': `category-${category.capability}` },
        el('h2', { id: `category-${category.capability}` }, `${category.title} devices`),
        category.is_complete ? null : hint('warning', el('p', {}, 'The list is not complete: a device that is missing from it may well exist.')),
        findings(category.findings, 'About the list'),
        category.devices.length > 0
          ? deviceTable(host, category)
          : category.is_complete
            ? el(
                'p',
                { class: 'empty' },
                `No ${category.title} device on ${host.name}. `,
                el('code', {}, 'ndctl list'),
                ' on the host printed none. Make a namespace there, then refresh.',
              )
            : null,
      ),
    ),
  ],
};

function facts(host) {
  const nodes = host.numa_nodes ?? [];
  return [
    host.address,
    host.architecture,
    nodes.length === 0 ? null : `${count(nodes.length, 'NUMA node')} with persistent memory (${list(nodes.map(String))})`,
  ]
    .filter(Boolean)
    .join(' · ');
}
