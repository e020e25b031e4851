// The state of hosts, VMs and devices: an icon and a word each, the same everywhere.

import { el, link } from './dom.js';
import { icon } from './icons.js';
import { capital, words } from './text.js';

const kinds = {
  free: ['down', 'Free'],
  in_use_by_vm: ['up', 'In use'],
  in_use_by_host: ['no', 'In use by the host'],
  too_small: ['no', 'Too small'],
  not_usable: ['error', 'Not usable'],
};

/** The states of devices, in the order in which people look for them. */
export const deviceStates = Object.entries(kinds).map(([state, [, name]]) => ({ state, name }));

/** The status of a host or a VM. */
export function status(text) {
  const kind = text === 'up' ? 'up' : text === 'down' ? 'down' : 'changing';
  return el('span', { class: `status ${kind}` }, icon(kind), words(text));
}

/** The state of a device, with who has it. */
export function deviceState(device) {
  const [picture] = kinds[device.state];
  return el(
    'span',
    { class: `state ${device.state}` },
    icon(picture),
    device.state === 'in_use_by_vm' && device.vms.length > 0
      ? el(
          'span',
          {},
          'In use by ',
          device.vms.map((vm, index) => [index === 0 ? '' : ', ', link(`/vm/${vm.id}`, vm.name)]),
        )
      : capital(device.state_text),
  );
}

/** Whether a VM is about to be in another status. */
export function isRunning(vm) {
  return ['up', 'paused', 'powering_down'].includes(vm.status);
}
