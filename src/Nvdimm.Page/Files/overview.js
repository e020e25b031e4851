// The start view: counts, what needs attention, and the persistent memory of every host on one scale.

import { placeOfDevice } from './addresses.js';
import { el, link, put, wide } from './dom.js';
import { hint, problem, readable, tally } from './findings.js';
import { icon } from './icons.js';
import { devicesOf, memoryLegend, memoryPicture, memoryWords, scaleOf } from './memory.js';
import { status } from './status.js';
import { byName, count, size } from './text.js';

const shownAtFirst = 6;

/** The start view. A host or a VM that cannot be asked costs no other. */
export const overviewView = {
  name: 'Overview',

  async load(engine) {
    const [hosts, vms] = await Promise.all([engine.hosts(), engine.vms()]);
    const owners = vms.filter(vm => vm.host_devices?.host_device?.length > 0);
    const [asked, starts] = await Promise.all([
      Promise.all(
        hosts.sort(byName).map(host =>
          engine.devices(host.id).then(
            known => ({ host, known }),
            failure => ({ host, failure: rethrow(failure) }),
          ),
        ),
      ),
      Promise.all(
        owners.map(vm =>
          engine.attachments(vm.id).then(
            known => ({ vm, known }),
            failure => ({ vm, failure: rethrow(failure) }),
          ),
        ),
      ),
    ]);
    return { hosts, vms, owners, asked, starts };
  },

  title: () => 'Overview',
  hosts: ({ asked }) => asked.flatMap(({ known }) => known ?? []),

  draw(data, page) {
    const known = data.asked.filter(each => each.known).map(each => each.known);
    const attention = attentionOf(data);
    const scale = scaleOf(known);
    return [
      el(
        'div',
        { class: 'head' },
        el('h1', { tabindex: '-1' }, 'Overview'),
        el('span', { class: 'actions' }, el('a', { class: 'button', href: '#/audit' }, 'Audit')),
      ),
      el(
        'div',
        { class: 'cards' },
        card('Hosts', `${data.hosts.filter(host => host.status === 'up').length} up of ${data.hosts.length}`),
        memoryCard(known),
        card('VMs with NVDIMMs', `${data.owners.length} of ${data.vms.length}`),
        card(
          'Findings',
          attention.length === 0
            ? 'none'
            : tally(attention.filter(item => item.severity === 'error').length, attention.filter(item => item.severity === 'warning').length),
        ),
      ),
      el(
        'section',
        { 'aria-labelledby': 'attention' },
        el('h2', { id: 'attention' }, 'Needs attention'),
        attention.length === 0 ? el('p', { class: 'empty' }, 'Nothing.') : attentionList(attention),
      ),
      data.hosts.length === 0
        ? el(
            'p',
            { class: 'empty' },
            'This engine has no host. Add one in its administration portal, or start a development engine with ',
            el('code', {}, '--ndctl local'),
            '.',
          )
        : null,
      data.asked.map(each => hostPanel(each, scale, page)),
      known.length === 0
        ? null
        : el('div', {}, memoryLegend(), el('p', { class: 'quiet' }, 'One scale for all hosts. A click on a piece leads to the device.')),
    ];
  },
};

function rethrow(failure) {
  if (failure.status === 401 || failure.status === undefined) {
    throw failure;
  }
  return failure;
}

function card(title, ...content) {
  return el('section', { class: 'panel card', 'aria-label': title }, el('h2', {}, title), el('p', { class: 'figure' }, content));
}

function memoryCard(hosts) {
  const regions = hosts.flatMap(host => host.regions);
  const all = regions.reduce((sum, region) => sum + region.size, 0);
  const given = hosts
    .flatMap(host => [...devicesOf(host).values()])
    .filter(device => device.state === 'in_use_by_vm')
    .reduce((sum, device) => sum + device.size, 0);
  return card(
    'Persistent memory',
    size(all),
    el('span', { class: 'meter', 'aria-hidden': 'true' }, wide(el('span', {}), all === 0 ? 0 : given / all)),
    el('span', { class: 'quiet' }, `${size(given)} given to VMs`),
  );
}

function hostPanel({ host, known, failure }, scale, page) {
  const devices = known ? [...devicesOf(known).values()] : [];
  const of = state => devices.filter(device => device.state === state).length;
  const parts = [
    [of('in_use_by_vm'), 'in use'],
    [of('free'), 'free'],
    [of('in_use_by_host'), 'in use by the host'],
    [of('too_small'), 'too small'],
    [of('not_usable'), 'not usable'],
  ];
  return el(
    'section',
    { class: 'panel', 'aria-labelledby': `host-${host.id}` },
    el(
      'div',
      { class: 'head' },
      el('h2', { id: `host-${host.id}` }, link(`/host/${host.id}`, el('span', { class: 'name' }, host.name))),
      status(host.status),
      known
        ? el(
            'span',
            { class: 'quiet right' },
            [count(devices.length, 'device'), ...parts.filter(([number]) => number > 0).map(([number, text]) => `${number} ${text}`)].join(', '),
          )
        : null,
    ),
    failure
      ? problem(
          el('p', {}, failure.message),
          el(
            'p',
            { class: 'actions' },
            el('button', { type: 'button', id: `retry-${host.id}`, click: () => page.reload(`retry-${host.id}`) }, 'Retry'),
          ),
        )
      : null,
    known?.categories.some(category => !category.is_complete) ? hint('warning', el('p', {}, 'The list of its devices is not complete.')) : null,
    known && known.regions.length > 0 ? [memoryPicture(known, scale), memoryWords(known)] : null,
    known && devices.length === 0
      ? el('p', { class: 'empty' }, `No NVDIMM devices on ${host.name}. `, el('code', {}, 'ndctl list'), ' on the host printed none.')
      : null,
  );
}

/** What somebody should look at: the errors first, then the warnings, each once with a link to what it is about. */
function attentionOf({ asked, starts }) {
  const items = [
    ...starts.flatMap(({ vm, known }) => (known?.start.findings ?? []).map(finding => ({ ...finding, about: vm.name, place: `/vm/${vm.id}` }))),
    ...asked.flatMap(({ known }) =>
      (known?.categories ?? []).flatMap(category => [
        ...category.findings.map(finding => ({ ...finding, about: known.name, place: `/host/${known.id}` })),
        ...category.devices.flatMap(device =>
          device.findings.map(finding => ({
            ...finding,
            about: `${device.name} on ${known.name}`,
            place: placeOfDevice(known.id, device.name),
          })),
        ),
      ]),
    ),
  ];
  const unique = [...new Map(items.map(item => [item.message + item.place, item])).values()];
  return [...unique.filter(item => item.severity === 'error'), ...unique.filter(item => item.severity !== 'error')];
}

function attentionList(items) {
  const list = el('ul', { class: 'findings attention' });
  const draw = number =>
    put(
      list,
      items
        .slice(0, number)
        .map(item =>
          el(
            'li',
            { class: item.severity },
            icon(item.severity),
            el('span', {}, el('span', { class: 'spoken' }, item.severity === 'error' ? 'Error: ' : 'Warning: '), readable(item.message)),
            link(item.place, `Go to ${item.about}`),
          ),
        ),
    );
  const more = el(
    'button',
    {
      type: 'button',
      class: 'plain',
      click: () => {
        draw(items.length);
        more.remove();
        list.querySelectorAll('a')[shownAtFirst].focus();
      },
    },
    `Show all ${items.length}`,
  );
  draw(shownAtFirst);
  return [list, items.length > shownAtFirst ? more : null];
}
