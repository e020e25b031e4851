// The page: alone with a login of its own, or as a detail tab inside the engine's administration (?plugin).

import { Engine, login, logout } from './api.js';
import { announce, el } from './dom.js';
import { hostView } from './host.js';
import { vmView } from './vm.js';

const parameters = new URLSearchParams(location.search);
const plugin = parameters.has('plugin') ? window.parent.pluginApi('nvdimm') : null;
const base = new URL(plugin ? plugin.engineBaseUrl() : 'ovirt-engine/', location.href);
const services = plugin?.configObject()?.services;
const stored = 'token';
const token = () => (plugin ? plugin.ssoToken() : sessionStorage.getItem(stored));
const engine = new Engine(base, token, services ? new URL(services, base) : undefined);
const content = document.getElementById('content');
const places = document.getElementById('places');
const leave = document.getElementById('logout');
let turn = 0;

/** Shows the place in the address: #host/ID or #vm/ID. */
async function show(focus = true) {
  const mine = ++turn;
  const [kind, id] = location.hash.slice(1).split('/');
  if (!token()) {
    return showLogin();
  }
  content.setAttribute('aria-busy', 'true');
  try {
    if (!plugin) {
      await showPlaces(kind, id);
    }
    const view = kind === 'host' ? await hostView(engine, id) : kind === 'vm' ? await vmView(engine, id, () => show(false)) : [el('p', {}, 'Choose a host or a VM.')];
    if (mine === turn) {
      content.replaceChildren(...view.flat(Infinity).filter(Boolean));
      if (focus && kind) {
        content.focus();
      }
    }
  } catch (failed) {
    if (failed.status === 401 && !plugin) {
      sessionStorage.removeItem(stored);
      return showLogin('The session has ended. Log in again.');
    }
    content.replaceChildren(el('p', { class: 'error', role: 'alert' }, failed.message));
  } finally {
    content.removeAttribute('aria-busy');
  }
}

async function showPlaces(kind, id) {
  const [hosts, vms] = await Promise.all([engine.hosts(), engine.vms()]);
  const link = (what, entity, note) => el('li', {}, el('a', { href: `#${what}/${entity.id}`, 'aria-current': what === kind && entity.id === id ? 'page' : null },
    entity.name, note ? el('small', {}, note) : null));
  places.replaceChildren(
    el('h2', {}, 'Hosts'), el('ul', {}, hosts.map(host => link('host', host))),
    el('h2', {}, 'Virtual machines'), el('ul', {}, vms.map(vm => link('vm', vm, `${vm.status}${vm.host_devices?.host_device ? `, ${vm.host_devices.host_device.length} host device(s)` : ''}`))));
  places.hidden = false;
  leave.hidden = false;
}

function showLogin(message = '') {
  places.hidden = true;
  leave.hidden = true;
  const user = el('input', { id: 'user', autocomplete: 'username', value: 'admin@internal', required: true });
  const password = el('input', { id: 'password', type: 'password', autocomplete: 'current-password', required: true });
  const problem = el('p', { class: 'error', role: 'alert' }, message);
  const submit = async event => {
    event.preventDefault();
    try {
      sessionStorage.setItem(stored, await login(base, user.value, password.value));
      await show();
    } catch (refused) {
      problem.textContent = refused.message;
    }
  };
  content.replaceChildren(el('form', { class: 'login', submit },
    el('h2', {}, 'Log in'),
    el('p', {}, el('label', { for: 'user' }, 'User'), user),
    el('p', {}, el('label', { for: 'password' }, 'Password'), password),
    problem,
    el('button', { type: 'submit' }, 'Log in')));
  password.focus();
}

leave.addEventListener('click', async () => {
  const ended = token();
  sessionStorage.removeItem(stored);
  location.hash = '';
  showLogin();
  announce('Logged out.');
  await logout(base, ended);
});
window.addEventListener('hashchange', () => show());
document.getElementById('header').hidden = plugin !== null;
document.body.classList.toggle('plugin', plugin !== null);
show();
