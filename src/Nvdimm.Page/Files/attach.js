// The panel in which devices are attached: which can be, which need a change first, which cannot, and what the choice would mean.

import { openDialog } from './dialogs.js';
import { el, link, put } from './dom.js';
import { errorsOf, findings, hint, problem, readable, warningsOf } from './findings.js';
import { nextSteps } from './nextsteps.js';
import { deviceState } from './status.js';
import { byName, count, exactSize, list, size } from './text.js';

/** Opens the panel; its address is that of the VM with `/attach`. */
export function openAttach(vm, page) {
  const body = el('div', { class: 'body' }, el('p', { class: 'quiet' }, `Asking what ${vm.name} can have…`));
  const isHere = () => location.hash === `#/vm/${vm.id}/attach`;
  const leave = () => isHere() || dialog.close();
  const panel = { body, vm, page, focus: 'attach', close: () => dialog.close() };
  const dialog = openDialog({
    title: `Attach devices to ${vm.name}`,
    kind: 'panel-right',
    children: body,
    closed: () => {
      window.removeEventListener('hashchange', leave);
      if (isHere()) {
        history.replaceState(null, '', `#/vm/${vm.id}`);
        page.reload(panel.focus);
      }
    },
  });
  window.addEventListener('hashchange', leave);
  fill(panel, new Set());
}

/** Asks for the choices and draws them; `chosen` are the names that stay chosen. */
async function fill(panel, chosen, trouble = null) {
  const { body, page } = panel;
  const { engine } = page;
  try {
    const [vm, known, choices] = await Promise.all([engine.vm(panel.vm.id), engine.attachments(panel.vm.id), engine.choices(panel.vm.id)]);
    put(body, new Form(panel, vm, known, choices, chosen).draw(trouble));
  } catch (failure) {
    put(
      body,
      problem(
        el('p', {}, failure.message),
        el('p', { class: 'actions' }, el('button', { type: 'button', click: () => fill(panel, chosen, trouble) }, 'Retry')),
      ),
    );
  }
}

/** The choice and what it would mean. */
class Form {
  constructor(panel, vm, known, choices, chosen) {
    Object.assign(this, { panel, page: panel.page, vm, known, choices, chosen });
    this.meaning = el('div', { id: 'meaning', 'aria-live': 'polite' });
    this.trouble = el('div', {});
    this.button = el('button', { type: 'submit', class: 'primary', 'aria-describedby': 'meaning' });
    this.turn = 0;
  }

  draw(trouble) {
    const devices = this.choices.devices.filter(choice => !choice.is_attached).sort((left, right) => byName(left.device, right.device));
    const can = devices.filter(choice => choice.is_allowed);
    const change = devices.filter(choice => !choice.is_allowed && ['free', 'in_use_by_vm'].includes(choice.device.state));
    const cannot = devices.filter(choice => !choice.is_allowed && !change.includes(choice));
    const { own } = this.choices;
    for (const name of [...this.chosen].filter(name => !can.some(choice => choice.device.name === name))) {
      this.chosen.delete(name);
    }
    put(this.trouble, trouble);
    this.tell();
    return el(
      'form',
      { submit: event => this.submit(event) },
      el(
        'div',
        { class: 'scrolled' },
        own.length === 0 ? null : hint('error', el('p', {}, readable(own[0].message)), findings(own.slice(1), 'Other reasons')),
        nextSteps(this.vm, this.known, { ...this.page, reload: () => fill(this.panel, this.chosen) }),
        this.group('Can be attached', can, choice => this.choice(choice), own.length > 0 ? null : 'No device can be attached as it is.'),
        this.group('Needs a change first', change, choice => this.changeOf(choice, own)),
        this.group('Cannot be attached', cannot, choice => [this.name(choice.device), deviceState(choice.device), reasonOf(choice)]),
      ),
      el(
        'div',
        { class: 'foot' },
        this.meaning,
        this.trouble,
        el('p', { class: 'actions' }, el('button', { type: 'button', click: this.panel.close }, 'Cancel'), this.button),
      ),
    );
  }

  group(title, choices, draw, empty = null) {
    return choices.length > 0
      ? el(
          'section',
          {},
          el('h3', {}, title, el('span', { class: 'count' }, `${choices.length}`)),
          el(
            'ul',
            { class: 'choices' },
            choices.map(choice => el('li', {}, draw(choice))),
          ),
        )
      : empty === null
        ? null
        : el('section', {}, el('h3', {}, title), el('p', { class: 'empty' }, empty));
  }

  name(device) {
    return el(
      'span',
      { class: 'what' },
      el('span', { class: 'name' }, device.name),
      ' ',
      el('span', { class: 'quiet' }, device.size === null ? 'unknown size' : size(device.size)),
    );
  }

  choice({ device, layout, findings: found }) {
    const box = el('input', {
      type: 'checkbox',
      name: device.name,
      checked: this.chosen.has(device.name),
      change: () => {
        this.chosen[box.checked ? 'add' : 'delete'](device.name);
        this.tell();
      },
    });
    return el(
      'label',
      { class: 'box' },
      box,
      this.name(device),
      el('span', { class: 'quiet' }, layout === null ? '' : `guest sees ${size(layout.guest_size)} on node ${layout.guest_node ?? 0}`),
      warningsOf(found).length === 0 ? null : el('span', { class: 'quiet' }, count(warningsOf(found).length, 'warning')),
    );
  }

  changeOf(choice, own) {
    const { device } = choice;
    const reasons = errorsOf(choice.findings).filter(finding => !own.some(other => other.message === finding.message));
    return [
      this.name(device),
      deviceState(device),
      device.state === 'in_use_by_vm'
        ? el(
            'p',
            { class: 'reason' },
            device.vms.map(vm => link(`/vm/${vm.id}`, `Detach it from ${vm.name}`)),
            ' first.',
          )
        : el(
            'p',
            { class: 'reason' },
            reasons.length > 0 ? reasons.flatMap(finding => [readable(finding.message), ' ']) : `Change ${this.vm.name} first, as said above.`,
          ),
    ];
  }

  /** What the chosen devices would mean together. */
  async tell() {
    const names = [...this.chosen].sort((left, right) => byName({ name: left }, { name: right }));
    const mine = ++this.turn;
    this.button.disabled = true;
    this.button.textContent = names.length === 0 ? 'Attach' : names.length === 1 ? `Attach ${names[0]}` : `Attach ${names.length} devices`;
    if (names.length === 0) {
      put(this.meaning, el('p', { class: 'quiet' }, 'Choose one or more devices.'));
      return;
    }
    put(this.meaning, el('p', { class: 'quiet' }, 'Asking what that would mean…'));
    let meaning;
    try {
      meaning = await this.page.engine.preview(this.vm.id, names);
    } catch (failure) {
      if (mine === this.turn) {
        put(
          this.meaning,
          problem(el('p', {}, failure.message), el('p', { class: 'actions' }, el('button', { type: 'button', click: () => this.tell() }, 'Retry'))),
        );
      }
      return;
    }
    if (mine === this.turn) {
      this.button.disabled = !meaning.is_allowed;
      put(
        this.meaning,
        meaning.is_allowed ? this.sum(meaning) : hint('error', el('p', {}, 'Together they are refused.')),
        findings(meaning.findings, 'What speaks against it'),
      );
    }
  }

  sum({ devices }) {
    const guest = devices.reduce((sum, device) => sum + (device.layout?.guest_size ?? 0), 0);
    const slots = devices.length + this.known.devices.length;
    const memory = Number(this.vm.memory_policy?.max ?? this.vm.memory);
    return el('p', {}, [
      `The guest will see ${exactSize(guest)} in ${count(devices.length, 'new NVDIMM')}; ${this.vm.name} then uses `,
      `${count(slots, 'memory slot')} for NVDIMMs, beside up to ${size(memory)} of memory.`,
    ]);
  }

  async submit(event) {
    event.preventDefault();
    const names = [...this.chosen];
    this.button.disabled = true;
    put(this.trouble);
    try {
      await this.page.engine.attach(this.vm.id, names);
    } catch (failure) {
      await fill(this.panel, this.chosen, problem(`Not attached: ${failure.message}`));
      return;
    }
    this.page.note(`${list(names)} ${names.length === 1 ? 'was' : 'were'} attached to ${this.vm.name}.`);
    this.panel.focus = 'attached';
    this.panel.close();
  }
}

/** Why a device cannot be attached: once, the reason of its state if it has one. */
function reasonOf(choice) {
  const [reason] = [...choice.device.reasons, ...errorsOf(choice.findings)];
  return reason ? el('p', { class: 'reason' }, readable(reason.message)) : null;
}
