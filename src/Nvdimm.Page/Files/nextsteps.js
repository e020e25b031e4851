// What keeps a VM from having NVDIMMs, with the next step in place.

import { el } from './dom.js';
import { attempt, hint } from './findings.js';
import { list, size } from './text.js';

/** The step that a VM needs before anything can be attached: one host, then a NUMA node. Nothing if it needs none. */
export function nextSteps(vm, known, page) {
  return known.host === null ? pinStep(vm, known, page) : known.numa_nodes === 0 ? numaStep(vm, page) : null;
}

function pinStep(vm, known, page) {
  const pinned = vm.placement_policy?.hosts?.host ?? [];
  const names = known.pin_choices.map(host => host.name);
  const why = pinned.length === 0 ? `${vm.name} is not pinned to a host.` : `${vm.name} is pinned to ${pinned.length} hosts.`;
  if (names.length === 0) {
    return hint('warning', el('p', {}, `${why} Its NVDIMMs would come from one host, and its cluster has none.`));
  }
  const choice = el(
    'select',
    { id: 'pin-host' },
    known.pin_choices.map(host => el('option', { value: host.id }, host.name)),
  );
  return step(
    el('p', {}, `${why} Its NVDIMMs would come from one host. Pin it to ${list(names).replace(/ and (?!.* and )/, ' or ')}.`),
    'pin',
    'Pin',
    [el('label', { for: 'pin-host' }, 'Host'), choice],
    async () => {
      const host = known.pin_choices.find(each => each.id === choice.value);
      await page.engine.pin(vm.id, host.id);
      page.note(`${vm.name} is pinned to ${host.name}.`);
      await page.reload('attach');
    },
  );
}

function numaStep(vm, page) {
  const memory = Number(vm.memory);
  return step(
    el('p', {}, `${vm.name} has no NUMA node. The guest sees each NVDIMM as a part of one.`),
    'numa',
    `Add a NUMA node with ${size(memory)}`,
    [],
    async () => {
      await page.engine.addNumaNode(vm.id, memory);
      page.note(`${vm.name} has a NUMA node.`);
      await page.reload('attach');
    },
  );
}

function step(text, id, action, controls, act) {
  const trouble = el('div', {});
  const button = el(
    'button',
    {
      type: 'button',
      id,
      click: () => attempt(button, trouble, act),
    },
    action,
  );
  return hint('warning', text, el('p', { class: 'actions' }, controls, button), trouble);
}
