// What was done: jobs that run or ran, and the engine's events.

import { el, link, put } from './dom.js';
import { icon } from './icons.js';
import { count, when } from './text.js';

const maximum = 200;
const shownJobs = 10;
const settings = { text: '', severity: '' };
const pictures = { error: 'error', alert: 'error', warning: 'warning', normal: 'done' };

/** The view of events and jobs. */
export const eventsView = {
  name: 'Events',

  async load(engine) {
    const [events, jobs, hosts, vms] = await Promise.all([engine.events(maximum), engine.jobs(shownJobs), engine.hosts(), engine.vms()]);
    return { events, jobs, names: new Map([...hosts, ...vms].map(entity => [entity.id, entity.name])) };
  },

  title: () => 'Events',

  draw: ({ events, jobs, names }) => [
    el('div', { class: 'head' }, el('h1', { tabindex: '-1' }, 'Events')),
    el(
      'section',
      { 'aria-labelledby': 'jobs' },
      el('h2', { id: 'jobs' }, 'Jobs'),
      jobs.length === 0
        ? el('p', { class: 'empty' }, 'Nothing was started or stopped yet.')
        : el(
            'ul',
            { class: 'history' },
            jobs.map(job =>
              el(
                'li',
                {},
                el('time', { datetime: new Date(job.start_time).toISOString() }, when(job.start_time)),
                el('span', {}, jobState(job), ' ', job.description),
              ),
            ),
          ),
    ),
    el('section', { 'aria-labelledby': 'all' }, el('h2', { id: 'all' }, 'All events'), table(events, names)),
  ],
};

function jobState(job) {
  const [picture, text] = job.status === 'finished' ? ['done', 'finished'] : job.status === 'failed' ? ['error', 'failed'] : ['changing', job.status];
  return el('span', { class: `status ${picture}` }, icon(picture), `${text}:`);
}

function table(events, names) {
  if (events.length === 0) {
    return el('p', { class: 'empty' }, 'Nothing has happened yet. Attach a device to a VM, and it is noted here.');
  }
  const body = el('tbody', { role: 'rowgroup' });
  const found = el('p', { class: 'quiet', role: 'status' });
  const draw = () => {
    const shown = events.filter(
      event =>
        (settings.severity === '' || event.severity === settings.severity) && event.description.toLowerCase().includes(settings.text.toLowerCase()),
    );
    put(
      body,
      shown.map(event => row(event, names)),
    );
    found.textContent = shown.length === events.length ? '' : `${shown.length} of ${count(events.length, 'event')}.`;
  };
  const change = (what, value) => {
    settings[what] = value;
    draw();
  };
  draw();
  return [
    el(
      'div',
      { class: 'tools' },
      el(
        'p',
        {},
        el('label', { for: 'filter' }, 'Filter'),
        el('input', { id: 'filter', type: 'search', value: settings.text, input: event => change('text', event.target.value) }),
      ),
      el(
        'p',
        {},
        el('label', { for: 'severity' }, 'Show'),
        el(
          'select',
          { id: 'severity', change: event => change('severity', event.target.value) },
          [
            ['', 'All'],
            ['normal', 'Normal'],
            ['warning', 'Warnings'],
            ['error', 'Errors'],
            ['alert', 'Alerts'],
          ].map(([value, text]) => el('option', { value, selected: value === settings.severity }, text)),
        ),
      ),
    ),
    el(
      'table',
      { class: 'devices', role: 'table', 'aria-label': 'Events' },
      el(
        'thead',
        { role: 'rowgroup' },
        el(
          'tr',
          { role: 'row' },
          ['Time', 'Severity', 'What', 'About'].map(title => el('th', { scope: 'col', role: 'columnheader' }, title)),
        ),
      ),
      body,
    ),
    found,
  ];
}

function row(event, names) {
  const about = [event.vm ? ['vm', event.vm.id] : null, event.host ? ['host', event.host.id] : null].filter(entry => entry && names.has(entry[1]));
  return el(
    'tr',
    { role: 'row' },
    el('th', { scope: 'row', role: 'rowheader' }, el('time', { datetime: new Date(event.time).toISOString() }, when(event.time))),
    el(
      'td',
      { role: 'cell' },
      el('span', { class: `status ${pictures[event.severity] ?? 'done'}` }, icon(pictures[event.severity] ?? 'done'), event.severity),
    ),
    el('td', { role: 'cell', class: 'about' }, event.description),
    el(
      'td',
      { role: 'cell' },
      about.map(([kind, id], index) => [index === 0 ? '' : ', ', link(`/${kind}/${id}`, names.get(id))]),
    ),
  );
}
