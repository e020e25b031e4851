// The engine's API in JSON, and the services beside it that know what REST does not tell.

/** A refusal of the engine, in its words. */
export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** An engine at a base such as https://host/ovirt-engine/, with whoever gives the token. */
export class Engine {
  constructor(base, token, services = new URL('services/host-devices/', base)) {
    this.base = base;
    this.services = services;
    this.token = token;
  }

  async hosts() {
    return (await this.api('GET', 'hosts')).host ?? [];
  }

  async vms() {
    return (await this.api('GET', 'vms?follow=host_devices,cluster')).vm ?? [];
  }

  vm(id) {
    return this.api('GET', `vms/${encodeURIComponent(id)}?follow=host_devices,cluster`);
  }

  host(id) {
    return this.api('GET', `hosts/${encodeURIComponent(id)}`);
  }

  attach(vm, name) {
    return this.api('POST', `vms/${encodeURIComponent(vm)}/hostdevices`, { name });
  }

  detach(vm, device) {
    return this.api('DELETE', `vms/${encodeURIComponent(vm)}/hostdevices/${encodeURIComponent(device)}`);
  }

  /** The devices of a host with all that is known of them. */
  devices(host) {
    return this.send('GET', new URL(`hosts/${encodeURIComponent(host)}`, this.services));
  }

  /** What attaching a device would mean. */
  preview(vm, device) {
    return this.send('GET', new URL(`vms/${encodeURIComponent(vm)}/preview?device=${encodeURIComponent(device)}`, this.services));
  }

  api(method, path, body) {
    return this.send(method, new URL(`api/${path}`, this.base), body);
  }

  async send(method, url, body) {
    const headers = { Accept: 'application/json', Version: '4', Authorization: `Bearer ${this.token()}` };
    if (body !== undefined) {
      headers['Content-Type'] = 'application/json';
    }
    const answer = await fetch(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: 'omit', cache: 'no-store' });
    const text = await answer.text();
    let read = {};
    try {
      read = text === '' ? {} : JSON.parse(text);
    } catch {
      throw new Refused(answer.status, `The engine answered ${answer.status} with something that is no JSON.`);
    }
    if (!answer.ok) {
      throw new Refused(answer.status, (read.detail ?? `The engine answered ${answer.status}.`).replace(/^\[|\]$/g, ''));
    }
    return read;
  }
}

/** A token for a name and a password. */
export async function login(base, username, password) {
  const form = new URLSearchParams({ grant_type: 'password', scope: 'ovirt-app-api', username, password });
  const answer = await fetch(new URL('sso/oauth/token', base), { method: 'POST', headers: { Accept: 'application/json' }, body: form, credentials: 'omit' });
  const read = await answer.json();
  if (!answer.ok) {
    throw new Refused(answer.status, read.error_description ?? read.error ?? `The engine answered ${answer.status}.`);
  }
  return read.access_token;
}

/** Ends a token. */
export async function logout(base, token) {
  await fetch(new URL('services/sso-logout', base), { method: 'POST', body: new URLSearchParams({ scope: '', token }), credentials: 'omit' });
}
