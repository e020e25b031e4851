// What is around every view: product, freshness, user, and the list of places, which is a drawer on narrow screens.

import { el, link, put } from './dom.js';
import { tally } from './findings.js';
import { icon } from './icons.js';
import { status } from './status.js';
import { ago, byName } from './text.js';
import { themeChoice } from './theme.js';

const filterFrom = 12;
const oldAfter = 15000;
const againAfter = 60000;
const narrow = window.matchMedia('(max-width: 1023px)');

/** The header and the navigation. */
export class Frame {
  constructor(engine, { refresh, leave }) {
    this.engine = engine;
    this.nav = document.getElementById('places');
    this.header = document.getElementById('header');
    this.age = el('span', { class: 'quiet age' });
    this.filters = new Map();
    this.problems = new Map();
    this.asked = new Map();
    this.turn = 0;
    this.time = null;
    this.hosts = [];
    this.vms = [];
    this.menu = el(
      'button',
      {
        type: 'button',
        id: 'menu',
        class: 'plain',
        'aria-controls': 'places',
        'aria-expanded': 'false',
        'aria-label': 'Places',
        click: () => this.toggle(),
      },
      icon('menu'),
    );
    this.user = el(
      'details',
      { class: 'user' },
      el('summary', {}, icon('user'), el('span', { class: 'who' })),
      el('div', {}, themeChoice(), el('p', {}, el('button', { type: 'button', id: 'logout', click: leave }, 'Log out'))),
    );
    this.refresh = el('button', { type: 'button', id: 'refresh', class: 'plain', 'aria-label': 'Refresh', click: refresh }, icon('refresh'));
    put(
      this.header,
      this.menu,
      el(
        'a',
        { class: 'product', href: '#/' },
        el('img', { src: 'icon.svg', alt: '', width: '20', height: '20' }),
        el('span', {}, 'NVDIMM host devices'),
      ),
      el('span', { class: 'quiet engine' }, engine.base.host),
      el('span', { class: 'fresh' }, this.age, this.refresh),
      this.user,
    );
    setInterval(() => this.tell(), 1000);
    document.addEventListener('keydown', event => this.key(event));
    document.addEventListener('click', event => this.outside(event.target));
    this.nav.addEventListener('click', event => event.target.closest('a') && this.drawer(false));
    narrow.addEventListener('change', () => this.drawer(false));
  }

  /** Asks for the places again, and for each host without known findings. It asks a failed host again after a minute. */
  async load(place) {
    const session = this.asked;
    const turn = ++this.turn;
    const [hosts, vms] = (await Promise.all([this.engine.hosts(), this.engine.vms()])).map(list => list.sort(byName));
    if (session !== this.asked || turn !== this.turn) {
      return;
    }
    [this.hosts, this.vms, this.place] = [hosts, vms, place];
    this.draw();
    const now = Date.now();
    for (const host of this.hosts.filter(each => !this.problems.has(each.id) && !(now - this.asked.get(each.id) < againAfter))) {
      session.set(host.id, now);
      this.engine.devices(host.id).then(
        listed => session === this.asked && this.found(listed),
        () => {},
      );
    }
  }

  /** What speaks against the devices of a host: counts for the list of places. */
  found(host) {
    const all = host.categories.flatMap(category => [...category.findings, ...category.devices.flatMap(device => device.findings)]);
    this.problems.set(host.id, [
      all.filter(finding => finding.severity === 'error').length,
      all.filter(finding => finding.severity === 'warning').length,
    ]);
    const entry = this.nav.querySelector(`[data-host="${CSS.escape(host.id)}"]`);
    if (entry) {
      put(entry, tally(...this.problems.get(host.id)));
    }
  }

  /** The name of what a place is about, as far as it is known before it is asked; null for the overview. */
  nameOf(place) {
    const known = place.kind === 'host' ? this.hosts : place.kind === 'vm' ? this.vms : [];
    return place.name ?? known.find(entry => entry.id === place.id)?.name ?? place.view.name;
  }

  /** What is shown is of now. */
  updated() {
    this.time = Date.now();
    this.tell();
    this.header.classList.add('in');
    this.nav.hidden = false;
    this.user.querySelector('.who').textContent = sessionStorage.getItem('user') ?? 'User';
  }

  /** Whether what is shown is so old that it is asked again when somebody comes back to the page. */
  isOld() {
    return this.time !== null && Date.now() - this.time > oldAfter;
  }

  /** Nobody is logged in: nothing of the former user stays. */
  close() {
    this.time = null;
    this.hosts = [];
    this.vms = [];
    this.filters.clear();
    this.problems.clear();
    this.asked = new Map();
    this.tell();
    this.header.classList.remove('in');
    this.user.removeAttribute('open');
    this.drawer(false);
    this.nav.hidden = true;
    put(this.nav);
  }

  draw() {
    const { kind, id } = this.place;
    const entry = (what, entity, extra) =>
      el(
        'li',
        { class: what === kind && entity.id === id ? 'here' : null },
        el(
          'a',
          { href: `#/${what}/${encodeURIComponent(entity.id)}`, 'aria-current': what === kind && entity.id === id ? 'page' : null },
          el('span', { class: 'name' }, entity.name),
          status(entity.status),
        ),
        extra,
      );
    const problems = host => el('span', { 'data-host': host.id }, this.problems.has(host.id) ? tally(...this.problems.get(host.id)) : null);
    put(
      this.nav,
      el('ul', {}, el('li', {}, el('a', { href: '#/', 'aria-current': kind === '' ? 'page' : null }, 'Overview'))),
      this.list('Hosts', this.hosts, host => entry('host', host, problems(host))),
      this.list('Virtual machines', this.vms, vm => entry('vm', vm, null)),
      el(
        'ul',
        {},
        [
          ['audit', 'Audit'],
          ['events', 'Events'],
        ].map(([what, title]) => el('li', {}, el('a', { href: `#/${what}`, 'aria-current': kind === what ? 'page' : null }, title))),
      ),
    );
  }

  list(title, entries, draw) {
    const items = entries.map(draw);
    const show = text =>
      items.forEach((item, index) => {
        item.hidden = !entries[index].name.toLowerCase().includes(text.toLowerCase());
      });
    const filter =
      entries.length < filterFrom
        ? null
        : el('input', {
            type: 'search',
            placeholder: 'Filter',
            'aria-label': `Filter ${title.toLowerCase()}`,
            value: this.filters.get(title) ?? '',
            input: event => {
              this.filters.set(title, event.target.value);
              show(event.target.value);
            },
          });
    show(filter?.value ?? '');
    return [el('h2', {}, title, el('span', { class: 'count' }, `${entries.length}`)), filter, el('ul', {}, items)];
  }

  tell() {
    this.age.textContent = this.time === null ? '' : `updated ${ago(this.time, Date.now())}`;
  }

  key(event) {
    const typing = event.target.closest?.('input, select, textarea, dialog');
    if (event.key === 'Escape') {
      this.user.removeAttribute('open');
      if (this.isOpen()) {
        this.drawer(false);
        this.menu.focus();
      }
    } else if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const filter = document.querySelector('main input[type=search]') ?? this.nav.querySelector('input[type=search]');
      if (filter) {
        event.preventDefault();
        filter.focus();
      }
    }
  }

  /** A click beside an open menu or drawer closes it. */
  outside(target) {
    if (!this.user.contains(target)) {
      this.user.removeAttribute('open');
    }
    if (this.isOpen() && !this.nav.contains(target) && !this.menu.contains(target)) {
      this.drawer(false);
    }
  }

  isOpen() {
    return this.menu.getAttribute('aria-expanded') === 'true';
  }

  toggle() {
    this.drawer(!this.isOpen());
    if (this.isOpen()) {
      (this.nav.querySelector('[aria-current]') ?? this.nav.querySelector('a'))?.focus();
    }
  }

  drawer(open) {
    this.menu.setAttribute('aria-expanded', `${open}`);
    document.body.classList.toggle('drawer', open);
    document.getElementById('content').inert = open;
  }
}
