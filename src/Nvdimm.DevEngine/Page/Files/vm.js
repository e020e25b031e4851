// A VM: its host devices, what could be attached, and what that would mean before it can be done.

import { announce, el, table } from './dom.js';
import { findings, union } from './findings.js';
import { layoutPicture } from './layout.js';
import { exactSize, size } from './text.js';

/** The view of a VM. */
export async function vmView(engine, id, reload) {
  const vm = await engine.vm(id);
  const hosts = vm.placement_policy?.hosts?.host ?? [];
  const attached = vm.host_devices?.host_device ?? [];
  const inventory = hosts.length === 1 ? await hostDevices(engine, hosts[0].id) : { host: null, devices: [], missing: null };
  const names = new Set(attached.map(device => device.name));
  return [
    el('h2', {}, vm.name),
    vm.description ? el('p', {}, vm.description) : null,
    el('dl', { class: 'facts' },
      fact('Status', vm.status),
      fact('Memory', size(Number(vm.memory))),
      fact('Pinned to', hosts.length === 0 ? 'no host' : inventory.host ?? `${hosts.length} hosts`)),
    el('section', { 'aria-labelledby': 'attached' },
      el('h3', { id: 'attached' }, 'Attached host devices'),
      attached.length === 0
        ? el('p', {}, 'None.')
        : table(`Host devices of ${vm.name}`, ['Name', 'Category', 'Size', 'Action'], attached.map(device => attachedRow(engine, vm, device, inventory, reload)))),
    attachPanel(engine, vm, inventory.devices.filter(device => !names.has(device.name)), inventory.missing, reload),
  ];
}

/** The devices of the VM's host; an engine without the services beside the API tells their names only. */
async function hostDevices(engine, id) {
  try {
    const host = await engine.devices(id);
    return { host: host.name, devices: host.categories.flatMap(category => category.devices), missing: null };
  } catch (refused) {
    return { host: null, devices: [], missing: `The devices of the host are not known: ${refused.message}` };
  }
}

function fact(name, value) {
  return [el('dt', {}, name), el('dd', {}, value)];
}

function attachedRow(engine, vm, device, inventory, reload) {
  const known = inventory.devices.find(listed => listed.name === device.name);
  const problem = el('p', { class: 'error', role: 'alert' });
  const detach = el('button', {
    type: 'button',
    click: async () => {
      detach.disabled = true;
      try {
        await engine.detach(vm.id, device.id);
        announce(`${device.name} was detached from ${vm.name}.`);
        await reload();
      } catch (refused) {
        problem.textContent = refused.message;
        detach.disabled = false;
      }
    },
  }, `Detach ${device.name}`);
  return [device.name, device.capability, known?.size ? exactSize(known.size) : 'unknown', [detach, problem]];
}

function attachPanel(engine, vm, devices, missing, reload) {
  const preview = el('div', { id: 'preview', 'aria-live': 'polite' });
  const problem = el('p', { class: 'error', role: 'alert' });
  const attach = el('button', { type: 'submit', disabled: true, 'aria-describedby': 'preview' }, 'Attach');
  const choice = el('select', { id: 'device', change: () => show(choice.value) },
    el('option', { value: '' }, 'Choose a device'),
    devices.map(device => el('option', { value: device.name }, `${device.name}, ${device.size ? size(device.size) : 'unknown size'}${device.is_usable ? '' : ', not usable'}`)));
  let asked = 0;

  async function show(name) {
    const turn = ++asked;
    attach.disabled = true;
    problem.textContent = '';
    preview.replaceChildren(name === '' ? '' : el('p', {}, 'Asking what that would mean…'));
    if (name === '') {
      return;
    }
    let meaning;
    try {
      meaning = await engine.preview(vm.id, name);
    } catch (refused) {
      meaning = { is_allowed: false, devices: [], attach: { findings: [{ severity: 'error', code: '', message: refused.message }] }, start: { findings: [] } };
    }
    if (turn === asked) {
      preview.replaceChildren(...previewOf(meaning));
      attach.disabled = !meaning.is_allowed;
    }
  }

  async function submit(event) {
    event.preventDefault();
    attach.disabled = true;
    try {
      await engine.attach(vm.id, choice.value);
      announce(`${choice.value} was attached to ${vm.name}.`);
      await reload();
    } catch (refused) {
      problem.textContent = refused.message;
    }
  }

  return el('section', { 'aria-labelledby': 'attach' },
    el('h3', { id: 'attach' }, 'Attach a device'),
    missing ? el('p', { class: 'error' }, missing) : null,
    devices.length === 0
      ? el('p', {}, 'There is nothing that could be attached: a VM takes the devices of the one host that it is pinned to.')
      : el('form', { submit }, el('p', {}, el('label', { for: 'device' }, 'Device '), choice), preview, problem, attach));
}

function previewOf(meaning) {
  const speaks = union(meaning.attach.findings, meaning.start.findings, ...meaning.devices.map(device => device.findings));
  return [
    el('h4', {}, meaning.is_allowed ? 'What the VM would get' : 'This is refused'),
    ...meaning.devices.filter(device => device.guest_size !== null).map(device => el('div', {},
      el('dl', { class: 'facts' },
        fact('Guest size', exactSize(device.guest_size)),
        fact('Lost to alignment and label', exactSize(device.lost_size)),
        device.guest_node === null ? null : fact('Guest NUMA node', String(device.guest_node))),
      layoutPicture(device))),
    findings(speaks, 'What speaks against it') ?? el('p', {}, 'Nothing speaks against it.'),
  ];
}
