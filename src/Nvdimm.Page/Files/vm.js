// A VM: its NVDIMMs, what could be attached, what speaks against its next start, and what was done with it.

import { placeOfDevice } from './addresses.js';
import { openAttach } from './attach.js';
import { ask } from './dialogs.js';
import { el, link, put } from './dom.js';
import { findings, hint, problem } from './findings.js';
import { layoutPicture, layoutTable } from './layout.js';
import { nextSteps } from './nextsteps.js';
import { isRunning, status } from './status.js';
import { count, exactSize, size, when } from './text.js';

const recent = 5;
const looked = 100;

/** The view of a VM. */
export const vmView = {
  name: 'Virtual machine',

  async load(engine, { id }) {
    const [vm, known, events] = await Promise.all([engine.vm(id), attachments(engine, id), engine.events(looked).catch(() => [])]);
    return { vm, ...known, events: events.filter(event => event.vm?.id === id).slice(0, recent) };
  },

  title: ({ vm }) => vm.name,

  draw(data, page) {
    const { vm, known, missing, events } = data;
    const attached = vm.host_devices?.host_device ?? [];
    return [
      el('div', { class: 'crumbs' }, link('/', 'Virtual machines'), ' › ', vm.name),
      el('div', { class: 'head' }, el('h1', { tabindex: '-1', class: 'name' }, vm.name), status(vm.status), actions(data, page)),
      vm.description ? el('p', {}, vm.description) : null,
      el('p', { class: 'quiet' }, facts(vm, known)),
      missing ? problem(`The devices of the host are not known: ${missing}`) : null,
      known ? nextSteps(vm, known, page) : null,
      el(
        'section',
        { 'aria-labelledby': 'attached' },
        el('h2', { id: 'attached', tabindex: '-1' }, 'NVDIMMs'),
        attached.length === 0
          ? el('p', { class: 'empty' }, `${vm.name} has no NVDIMM. `, known?.host ? link(`/vm/${vm.id}/attach`, 'Attach devices') : null)
          : attached.map(device => card(data, device, page)),
      ),
      known?.host
        ? el(
            'section',
            { 'aria-labelledby': 'start' },
            el('h2', { id: 'start' }, isRunning(vm) ? 'If it is started again' : 'Next start'),
            findings(known.start.findings, 'Findings for the next start') ?? el('p', {}, 'Nothing speaks against it.'),
          )
        : null,
      el(
        'section',
        { 'aria-labelledby': 'events' },
        el('h2', { id: 'events' }, 'Last events'),
        events.length === 0
          ? el('p', { class: 'empty' }, `Nothing about ${vm.name} yet.`)
          : el(
              'ol',
              { class: 'history' },
              events.map(event =>
                el('li', {}, el('time', { datetime: new Date(event.time).toISOString() }, when(event.time)), el('span', {}, event.description)),
              ),
            ),
      ),
    ];
  },

  /** The panel is open if the address says so. */
  opened({ vm, known }, page, { isAttaching }) {
    if (isAttaching && known && document.querySelector('dialog') === null) {
      openAttach(vm, page);
    }
  },
};

/** An engine without the services beside the API tells the names of devices only. */
async function attachments(engine, id) {
  try {
    return { known: await engine.attachments(id), missing: null };
  } catch (refused) {
    if (refused.status === undefined || refused.status === 401) {
      throw refused;
    }
    return { known: null, missing: refused.message };
  }
}

function facts(vm, known) {
  const hosts = vm.placement_policy?.hosts?.host ?? [];
  const memory = Number(vm.memory);
  const largest = Number(vm.memory_policy?.max ?? memory);
  return [
    known?.host
      ? ['Pinned to ', link(`/host/${known.host.id}`, known.host.name)]
      : hosts.length === 0
        ? 'Not pinned to a host'
        : `Pinned to ${count(hosts.length, 'host')}`,
    `${size(memory)} of memory${largest > memory ? `, up to ${size(largest)}` : ''}`,
    known ? count(known.numa_nodes, 'NUMA node') : null,
    known?.architecture ?? vm.cpu?.architecture,
  ]
    .filter(Boolean)
    .flatMap((text, index) => [index === 0 ? '' : ' · ', text]);
}

function actions({ vm, known }, page) {
  const trouble = el('div', { class: 'under' });
  const act = (action, text, said) =>
    el(
      'button',
      {
        type: 'button',
        id: action,
        click: async event => {
          event.currentTarget.disabled = true;
          put(trouble);
          try {
            await page.engine.act(vm.id, action);
            page.note(said);
            await page.reload(vm.status === 'down' ? 'shutdown' : 'start');
          } catch (refused) {
            put(trouble, problem(refused.message));
            document.getElementById(action).disabled = false;
            document.getElementById(action).focus();
          }
        },
      },
      text,
    );
  return [
    el(
      'span',
      { class: 'actions' },
      isRunning(vm) && vm.status !== 'paused' ? null : act('start', vm.status === 'paused' ? 'Resume' : 'Start', `${vm.name} was started.`),
      vm.status === 'up' ? act('shutdown', 'Shut down', `${vm.name} was asked to shut down.`) : null,
      isRunning(vm) ? el('button', { type: 'button', id: 'stop', class: 'danger', click: () => askToStop(vm, page) }, 'Power off') : null,
      known ? el('a', { id: 'attach', class: 'button primary', href: `#/vm/${vm.id}/attach` }, 'Attach devices…') : null,
    ),
    trouble,
  ];
}

function askToStop(vm, page) {
  ask({
    title: `Power off ${vm.name}?`,
    children: el('p', {}, 'What the guest has not written and synced is lost. To let it end by itself, shut it down instead.'),
    action: `Power off ${vm.name}`,
    act: () => page.engine.act(vm.id, 'stop'),
    done: () => {
      page.note(`${vm.name} was powered off.`);
      page.reload('start');
    },
  });
}

/** A device that the VM has. */
function card({ vm, known }, device, page) {
  const own = known?.devices.find(each => each.name === device.name);
  const listed = own?.device;
  const layout = listed?.layout;
  const title = known?.host
    ? link(placeOfDevice(known.host.id, device.name), el('span', { class: 'name' }, device.name))
    : el('span', { class: 'name' }, device.name);
  return el(
    'article',
    { class: 'panel device', 'aria-label': device.name },
    el(
      'div',
      { class: 'head' },
      el('h3', {}, title),
      el(
        'span',
        { class: 'actions' },
        el(
          'button',
          {
            type: 'button',
            class: 'danger',
            id: `detach-${device.id}`,
            'aria-label': `Detach ${device.name}`,
            click: () => askToDetach(vm, device, own, page),
          },
          'Detach',
        ),
      ),
    ),
    known && !listed
      ? hint(
          'error',
          el('p', {}, known.host ? `${known.host.name} does not list ${device.name}.` : 'Without one host nothing is known of the device.'),
        )
      : null,
    layout
      ? [
          el('p', {}, `The guest sees ${exactSize(layout.guest_size)}${layout.guest_node === null ? '' : ` on its NUMA node ${layout.guest_node}`}.`),
          layoutPicture(device.name, listed.size, layout),
          el('details', {}, el('summary', {}, 'Offsets'), layoutTable(device.name, layout)),
        ]
      : null,
    listed ? findings(listed.findings, `About ${device.name}`) : null,
  );
}

function askToDetach(vm, device, own, page) {
  const said = own?.detach.findings ?? [];
  ask({
    title: `Detach ${device.name} from ${vm.name}?`,
    children: [
      el('p', {}, `The data stays on the device. ${vm.name} will not see it any more, and other VMs can be given the device.`),
      said.length === 0 ? el('p', { class: 'quiet' }, 'The rules allow it.') : findings(said, 'What the rules say'),
    ],
    action: `Detach ${device.name}`,
    act: () => page.engine.detach(vm.id, device.name),
    done: () => {
      page.note(`${device.name} was detached from ${vm.name}.`);
      page.reload('attached');
    },
  });
}
