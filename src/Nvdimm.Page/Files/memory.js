// The picture of a host's persistent memory: its regions to scale, what is cut from them, who has which, and what is lost.

import { placeOfDevice } from './addresses.js';
import { el, link, wide } from './dom.js';
import { size } from './text.js';

const short = name => name.replace(/^namespace/, '');

/** The largest region of some hosts: the scale of their pictures. */
export function scaleOf(hosts) {
  return Math.max(1, ...hosts.flatMap(host => host.regions.map(region => region.size)));
}

/** The devices of a host by name. */
export function devicesOf(host) {
  return new Map(host.categories.flatMap(category => category.devices).map(device => [device.name, device]));
}

/** The regions of a host, one bar each. A click on a piece leads to the device; so do the links beside the picture. */
export function memoryPicture(host, scale) {
  const devices = devicesOf(host);
  const open = event => {
    const piece = event.target.closest('[data-device]');
    if (piece) {
      location.hash = placeOfDevice(host.id, piece.dataset.device);
    }
  };
  return el(
    'div',
    { class: 'memory', click: open },
    host.regions.map(region => {
      const pieces = region.devices.map(name => devices.get(name)).filter(Boolean);
      return el(
        'div',
        { class: 'region' },
        el('div', { class: 'label' }, el('span', { class: 'name' }, region.name), ' ', el('span', { class: 'quiet' }, size(region.size))),
        wide(
          el(
            'div',
            { class: 'bar', role: 'img', 'aria-label': spoken(region, pieces) },
            pieces.map(device => piece(device, region)),
            rest(region, pieces),
          ),
          region.size / scale,
        ),
      );
    }),
  );
}

/** What the patterns of the picture mean. */
export function memoryLegend() {
  return el(
    'ul',
    { class: 'legend' },
    [
      ['in_use_by_vm', 'in use'],
      ['free', 'free'],
      ['not_usable', 'no VM can have it'],
      ['lost', 'lost to alignment and label'],
      ['overhead', 'page structures and rounding of the region'],
      ['available', 'in no namespace'],
    ].map(([kind, text]) => el('li', {}, el('span', { class: `swatch ${kind}`, 'aria-hidden': 'true' }), text)),
  );
}

/** The devices of a host in a sentence of links: who has which, which are free, how many no VM can have. */
export function memoryWords(host) {
  const all = [...devicesOf(host).values()];
  const taken = all.filter(device => device.state === 'in_use_by_vm');
  const free = all.filter(device => device.state === 'free');
  const others = ['in_use_by_host', 'too_small', 'not_usable'].map(state => all.filter(device => device.state === state));
  const words = [['in use by the host'], ['too small'], ['not usable']];
  const name = device => link(placeOfDevice(host.id, device.name), el('span', { class: 'name' }, device.name));
  return el(
    'p',
    { class: 'words' },
    taken.length === 0
      ? 'None is in use. '
      : ['In use: ', between(taken.map(device => [name(device), ' by ', between(device.vms.map(vm => link(`/vm/${vm.id}`, vm.name)))])), '. '],
    free.length === 0 ? 'None is free. ' : ['Free: ', between(free.map(name)), '. '],
    others
      .map((group, index) => (group.length === 0 ? null : link(`/host/${host.id}`, `${group.length} ${words[index]}`)))
      .filter(Boolean)
      .flatMap((text, index) => [index === 0 ? '' : ', ', text]),
  );
}

function between(items) {
  return items.map((item, index) => [index === 0 ? '' : ', ', item]);
}

function piece(device, region) {
  const guest = device.layout?.guest_size ?? 0;
  const isUsed = device.state === 'free' || device.state === 'in_use_by_vm';
  const owner = device.vms.map(vm => vm.name).join(', ');
  const title = `${device.name}, ${size(device.size)}: ${device.state_text}${isUsed && guest > 0 ? `; a guest sees ${size(guest)}` : ''}`;
  return wide(
    el(
      'div',
      { class: `piece ${device.state}`, 'data-device': device.name, title },
      isUsed && guest > 0 ? wide(el('span', { class: 'lost' }), 1 - guest / device.size) : null,
      el('span', { class: 'what' }, owner === '' ? short(device.name) : owner),
    ),
    device.size / region.size,
  );
}

/** What of a region is in no device: free memory, and what the kernel keeps. */
function rest(region, pieces) {
  const overhead = region.size - region.available - pieces.reduce((sum, device) => sum + device.size, 0);
  return [
    overhead > 0
      ? wide(el('div', { class: 'piece overhead', title: `${size(overhead)}: page structures and rounding` }), overhead / region.size)
      : null,
    region.available > 0
      ? wide(el('div', { class: 'piece available', title: `${size(region.available)} in no namespace` }), region.available / region.size)
      : null,
  ];
}

function spoken(region, pieces) {
  const parts = pieces.map(device => `${device.name} ${size(device.size)}, ${device.state_text}`);
  const all = [...parts, region.available > 0 ? `${size(region.available)} in no namespace` : null].filter(Boolean);
  return `${region.name}, ${size(region.size)}: ${all.join('; ') || 'no namespace'}`;
}
