// The engine's API in JSON, and the services beside it that know what REST does not tell and that change devices by the rules.

/** Longer than a server takes to answer that it was too slow itself: 2 minutes. */
const timeLimit = 130000;

/** A refusal of the engine, in its words. */
export class Refused extends Error {
  constructor(status, detail, isForeign = false) {
    super(detail);
    this.status = status;
    this.isForeign = isForeign;
  }
}

/** The engine could not be reached, or did not answer. */
export class Unreachable extends Error {}

/** An engine at a base such as https://host/ovirt-engine/, with whoever gives the token. Fires `lost` and `reached` on itself. */
export class Engine extends EventTarget {
  constructor(base, token, services = new URL('services/host-devices/', base)) {
    super();
    this.base = base;
    this.services = services;
    this.token = token;
  }

  async hosts() {
    return (await this.api('GET', 'hosts')).host ?? [];
  }

  async vms() {
    return (await this.api('GET', 'vms?follow=host_devices')).vm ?? [];
  }

  vm(id) {
    return this.api('GET', `vms/${encodeURIComponent(id)}?follow=host_devices,cluster`);
  }

  async events(max) {
    return (await this.api('GET', `events?max=${max}`)).event ?? [];
  }

  async jobs(max) {
    return (await this.api('GET', `jobs?max=${max}`)).job ?? [];
  }

  /** Attaches devices to a VM: all of them, or none. */
  attach(vm, names) {
    return this.service(`vms/${encodeURIComponent(vm)}/devices`, 'POST', { devices: names });
  }

  detach(vm, name) {
    return this.service(`vms/${encodeURIComponent(vm)}/devices/${encodeURIComponent(name)}`, 'DELETE');
  }

  /** What this server is; nobody has to be logged in. */
  async about() {
    const answer = await this.fetch(this.services, { cache: 'no-store' });
    return read(answer, await this.text(answer));
  }

  /** Problems that the engine does not report, on all hosts and VMs. */
  async audit() {
    return (await this.service('audit')).findings;
  }

  /** `start`, `stop` or `shutdown`. */
  act(vm, action) {
    return this.api('POST', `vms/${encodeURIComponent(vm)}/${action}`, {});
  }

  pin(vm, host) {
    return this.api('PUT', `vms/${encodeURIComponent(vm)}`, { placement_policy: { affinity: 'pinned', hosts: { host: [{ id: host }] } } });
  }

  /** The first NUMA node of a VM, with all of its memory. */
  addNumaNode(vm, memory) {
    return this.api('POST', `vms/${encodeURIComponent(vm)}/numanodes`, { index: 0, memory: memory / 2 ** 20 });
  }

  /** The devices and regions of a host with all that is known of them. */
  devices(host) {
    return this.service(`hosts/${encodeURIComponent(host)}`);
  }

  /** A device with its layout, its history, and the VMs that can have it. */
  device(host, name) {
    return this.service(`hosts/${encodeURIComponent(host)}/devices/${encodeURIComponent(name)}`);
  }

  /** The host devices of a VM, and what speaks against its next start. */
  attachments(vm) {
    return this.service(`vms/${encodeURIComponent(vm)}`);
  }

  /** Every device of the VM's host, and whether the VM can have it. */
  choices(vm) {
    return this.service(`vms/${encodeURIComponent(vm)}/choices`);
  }

  /** What attaching devices together would mean. */
  preview(vm, names) {
    return this.service(`vms/${encodeURIComponent(vm)}/preview?${names.map(name => `device=${encodeURIComponent(name)}`).join('&')}`);
  }

  api(method, path, body) {
    return this.send(method, new URL(`api/${path}`, this.base), body);
  }

  async service(path, method = 'GET', body = undefined) {
    try {
      return await this.send(method, new URL(path, this.services), body);
    } catch (failure) {
      if (failure.isForeign && failure.status === 404) {
        throw new Refused(404, 'This engine has no NVDIMM service. Install the package nvdimm-engine-service beside it, and forward its path.');
      }
      throw failure;
    }
  }

  /** Whether the engine answers at all. */
  async isReached() {
    try {
      await this.fetch(new URL('api', this.base), { method: 'HEAD' });
      return true;
    } catch {
      return false;
    }
  }

  async send(method, url, body) {
    const headers = { Accept: 'application/json', Version: '4', Authorization: `Bearer ${this.token()}` };
    if (body !== undefined) {
      headers['Content-Type'] = 'application/json';
    }
    const answer = await this.fetch(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store' });
    return read(answer, await this.text(answer));
  }

  async fetch(url, options) {
    try {
      const answer = await fetch(url, { ...options, credentials: 'omit', signal: AbortSignal.timeout(timeLimit) });
      this.dispatchEvent(new Event('reached'));
      return answer;
    } catch (failure) {
      throw this.lost(failure);
    }
  }

  async text(answer) {
    try {
      return await answer.text();
    } catch (failure) {
      throw this.lost(failure);
    }
  }

  /** A request that took too long says nothing about the connection, and asking again by itself would take as long. */
  lost(failure) {
    if (failure.name === 'TimeoutError') {
      return new Refused(504, `The engine did not answer in ${timeLimit / 1000} seconds. Look again before you repeat a change: it may be done.`);
    }
    this.dispatchEvent(new Event('lost'));
    return new Unreachable('There is no connection to the engine.');
  }
}

function read(answer, text) {
  let value;
  try {
    value = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new Refused(answer.status, `The engine answered with status ${answer.status} and something that is not JSON.`, true);
  }
  if (!answer.ok) {
    throw new Refused(
      answer.status,
      (value.detail ?? value.fault?.detail ?? value.error_description ?? value.error ?? `The engine answered with status ${answer.status}.`).replace(/^\[|\]$/g, ''),
    );
  }
  return value;
}

/** A token for a name and a password. */
export async function login(engine, username, password) {
  const form = new URLSearchParams({ grant_type: 'password', scope: 'ovirt-app-api', username, password });
  const answer = await engine.fetch(new URL('sso/oauth/token', engine.base), {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: form,
  });
  const value = read(answer, await engine.text(answer));
  if (typeof value.access_token !== 'string') {
    throw new Refused(answer.status, 'The engine gave no token.');
  }
  return value.access_token;
}

/** Ends a token. */
export async function logout(engine, token) {
  const answer = await engine.fetch(new URL('services/sso-logout', engine.base), {
    method: 'POST',
    body: new URLSearchParams({ scope: '', token }),
  });
  if (!answer.ok) {
    throw new Refused(answer.status, `The engine answered with status ${answer.status}.`);
  }
}
