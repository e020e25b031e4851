// Logging in: what this is, at which engine, as whom, and where the password is.

import { login } from './api.js';
import { el, put } from './dom.js';
import { problem } from './findings.js';

/** Shows the form; `done` gets the user's name and the token. The form keeps its content when something goes wrong. */
export function showLogin(content, engine, message, done) {
  const user = el('input', {
    id: 'user',
    autocomplete: 'username',
    value: sessionStorage.getItem('user') ?? 'admin@internal',
    required: true,
    spellcheck: 'false',
  });
  const password = el('input', { id: 'password', type: 'password', autocomplete: 'current-password', required: true, 'aria-describedby': 'where' });
  const trouble = el('div', {}, message === '' ? null : problem(message));
  const where = el('p', { id: 'where', class: 'quiet' });
  const button = el('button', { type: 'submit', class: 'primary' }, 'Log in');

  async function submit(event) {
    event.preventDefault();
    button.disabled = true;
    put(trouble);
    try {
      done(user.value, await login(engine, user.value, password.value));
    } catch (failure) {
      put(trouble, problem(failure.message));
      button.disabled = false;
      password.focus();
      password.select();
    }
  }

  put(
    content,
    el(
      'form',
      { class: 'login', submit },
      el('h1', {}, el('img', { src: 'icon.svg', alt: '', width: '24', height: '24' }), 'NVDIMM host devices'),
      el('p', { class: 'quiet' }, 'Engine ', el('span', { class: 'name' }, engine.base.host)),
      trouble,
      el('p', {}, el('label', { for: 'user' }, 'User'), user),
      el('p', {}, el('label', { for: 'password' }, 'Password'), password),
      el('p', {}, button),
      where,
    ),
  );
  password.focus();
  tellWhere(engine, where);
}

/** Only the development engine has a password that it may have made itself. */
async function tellWhere(engine, where) {
  const about = await engine.about().catch(() => null);
  put(
    where,
    about?.is_development
      ? ['Started without ', el('code', {}, 'DEVENGINE_PASSWORD'), '? The password is in the first lines that the program printed.']
      : `As in the engine's administration portal${about ? ` at ${new URL(about.engine).host}` : ''}.`,
  );
}
