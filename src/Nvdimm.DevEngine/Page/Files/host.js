// A host: its devices, category by category.

import { el, table } from './dom.js';
import { findings } from './findings.js';
import { detail, heading, size } from './text.js';

const columns = ['uuid', 'mode', 'align', 'numa_node', 'path'];

/** The view of a host. */
export async function hostView(engine, id) {
  const host = await engine.devices(id);
  return [
    el('h2', {}, host.name),
    host.categories.map(category => el('section', { 'aria-labelledby': `category-${category.capability}` },
      el('h3', { id: `category-${category.capability}` }, `${category.title} devices`),
      category.is_complete ? null : el('p', { class: 'error' }, 'The list is not complete: a device that is missing from it may well exist.'),
      findings(category.findings, 'About the list'),
      category.devices.length === 0
        ? el('p', {}, `No ${category.title} device.`)
        : table(`${category.title} devices of ${host.name}`, ['Name', 'Size', ...columns.map(heading), 'VM', 'Usable'], category.devices.map(device => row(device))))),
  ];
}

function row(device) {
  const details = Object.fromEntries(device.details.map(entry => [entry.name, entry]));
  return [
    [device.name, details.content ? el('p', { class: 'content' }, `holds ${details.content.value}`) : null],
    device.size === null ? 'unknown' : size(device.size),
    ...columns.map(name => details[name] ? el('span', { class: name }, detail(details[name])) : '–'),
    device.vms.length === 0 ? '–' : device.vms.map(vm => el('a', { href: `#vm/${vm.id}` }, vm.name)),
    [device.is_usable ? 'yes' : el('strong', { class: 'error' }, 'no'), findings(device.findings, `About ${device.name}`)],
  ];
}
