// The places of the page: every view has an address.

import { auditView } from './audit.js';
import { deviceView } from './device.js';
import { eventsView } from './events.js';
import { hostView } from './host.js';
import { overviewView } from './overview.js';
import { vmView } from './vm.js';

/**
 * The place of an address: `#/`, `#/host/ID`, `#/host/ID/device/NAME`, `#/vm/ID`, `#/vm/ID/attach`, `#/audit`, `#/events`. An unknown one is the overview.
 * `subject` is what it is about: two places of one subject are one page.
 */
export function parsePlace(hash) {
  const [kind, id, part, name] = hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  return kind === 'host' && id && part === 'device' && name
    ? { view: deviceView, kind, id, name, subject: `host/${id}/${name}` }
    : kind === 'host' && id
      ? { view: hostView, kind, id, subject: `host/${id}` }
      : kind === 'vm' && id
        ? { view: vmView, kind, id, isAttaching: part === 'attach', subject: `vm/${id}` }
        : kind === 'audit'
          ? { view: auditView, kind, id: null, subject: 'audit' }
          : kind === 'events'
            ? { view: eventsView, kind, id: null, subject: 'events' }
            : { view: overviewView, kind: '', id: null, subject: '' };
}
