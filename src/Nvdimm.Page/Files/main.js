// The page: alone with a login of its own, or as a detail tab inside the engine's administration (?plugin).

import { Engine, Unreachable, logout } from './api.js';
import { el, link, put } from './dom.js';
import { problem } from './findings.js';
import { Frame } from './frame.js';
import { showLogin } from './login.js';
import { note } from './notes.js';
import { watchConnection } from './offline.js';
import { parsePlace } from './places.js';
import { skeleton } from './skeleton.js';
import { applyTheme } from './theme.js';

const product = 'NVDIMM host devices';
const skeletonAfter = 200;
const plugin = new URLSearchParams(location.search).has('plugin') ? window.parent.pluginApi('nvdimm') : null;
const base = new URL(plugin ? plugin.engineBaseUrl() : 'ovirt-engine/', location.href);
const services = plugin?.configObject()?.services;
const token = () => (plugin ? plugin.ssoToken() : sessionStorage.getItem('token'));
const engine = new Engine(base, token, services ? new URL(services, base) : undefined);
const content = document.getElementById('content');
const frame = plugin ? null : new Frame(engine, { refresh: () => refresh(), leave });
let turn = 0;
let shown = null;

/** What views may do beside drawing themselves. */
const page = {
  engine,
  note,
  /** Asks again and draws again. The focus goes to the element of this id, or stays where it was. */
  reload: focus => show({ focus }),
  go(place) {
    location.hash = place;
  },
};

/** Shows the place in the address. The same place keeps its content until the new one is there; another place never shows the old. */
async function show({ focus = null } = {}) {
  const mine = ++turn;
  const place = parsePlace(location.hash);
  if (!token()) {
    content.removeAttribute('aria-busy');
    return plugin ? fail(place, new Error('The administration portal has no session any more. Log in to it again.'), false) : askForLogin('');
  }
  const isSame = shown !== null && shown === place.subject;
  const restore = isSame ? (focus ?? document.activeElement?.id) : null;
  let timer = null;
  if (!isSame) {
    shown = null;
    setTitle(frame?.nameOf(place) ?? place.view.name);
    put(content);
    timer = setTimeout(() => mine === turn && put(content, skeleton()), skeletonAfter);
  }
  content.setAttribute('aria-busy', 'true');
  try {
    const [data] = await Promise.all([place.view.load(engine, place), frame?.load(place)]);
    if (mine === turn) {
      draw(place, data, restore);
    }
  } catch (failure) {
    if (mine === turn) {
      fail(place, failure, isSame);
    }
  } finally {
    clearTimeout(timer);
    if (mine === turn) {
      content.removeAttribute('aria-busy');
    }
  }
}

function draw(place, data, restore) {
  setTitle(place.view.title(data));
  put(content, place.view.draw(data, page, place));
  shown = place.subject;
  frame?.updated();
  for (const host of place.view.hosts?.(data) ?? []) {
    frame?.found(host);
  }
  const target = restore ? document.getElementById(restore) : null;
  (target ?? content.querySelector('h1') ?? content).focus({ preventScroll: target === null });
  place.view.opened?.(data, page, place);
}

function fail(place, failure, isSame) {
  if (failure.status === 401 && !plugin) {
    sessionStorage.removeItem('token');
    askForLogin('The session has ended. Log in again.');
  } else if (failure instanceof Unreachable && isSame) {
    // What was shown stays: the banner says that it may be old.
  } else {
    shown = null;
    put(
      content,
      el('h1', { tabindex: '-1' }, place.view.name),
      problem(
        el('p', {}, failure.message),
        el(
          'p',
          { class: 'actions' },
          el('button', { type: 'button', click: () => show() }, 'Retry'),
          plugin ? null : link('/', 'Go to the overview'),
        ),
      ),
    );
    content.querySelector('h1').focus();
  }
}

async function refresh() {
  await show({ focus: document.activeElement?.id });
}

function setTitle(name) {
  document.title = name === null ? product : `${name} · ${product}`;
}

function askForLogin(message) {
  shown = null;
  setTitle('Log in');
  frame?.close();
  for (const dialog of document.querySelectorAll('dialog')) {
    dialog.remove();
  }
  showLogin(content, engine, message, (user, given) => {
    sessionStorage.setItem('token', given);
    sessionStorage.setItem('user', user);
    show();
  });
}

async function leave() {
  const ended = token();
  turn++;
  sessionStorage.removeItem('token');
  history.replaceState(null, '', location.pathname);
  askForLogin('');
  note('Logged out.');
  await logout(engine, ended).catch(() => note('The engine could not be told. The session ends there in 30 minutes.'));
}

document.getElementById('skip').addEventListener('click', event => {
  event.preventDefault();
  content.focus();
});
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && frame?.isOld() && token() && show());
window.addEventListener('hashchange', () => show());
watchConnection(engine, () => token() && show());
document.body.classList.toggle('plugin', plugin !== null);
applyTheme();
show();
