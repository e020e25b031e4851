// What speaks against something, in words.

import { el, put } from './dom.js';
import { icon } from './icons.js';
import { size } from './text.js';

const smallest = 65536;
const granule = 4096;

/** A list of findings, errors first; nothing if there are none. */
export function findings(found, label) {
  return found.length === 0
    ? null
    : el(
        'ul',
        { class: 'findings', 'aria-label': label },
        bySeverity(found).map(finding =>
          el(
            'li',
            { class: finding.severity },
            icon(finding.severity),
            el(
              'span',
              {},
              el('span', { class: 'spoken' }, finding.severity === 'error' ? 'Error: ' : 'Warning: '),
              readable(finding.message),
              ' ',
              el('code', {}, finding.code),
            ),
          ),
        ),
      );
}

/** Counts of errors and warnings, each with its icon and its word; nothing if there are none. */
export function tally(errors, warnings) {
  return errors + warnings === 0
    ? null
    : el(
        'span',
        { class: 'tally' },
        errors > 0 ? badge('error', errors, errors === 1 ? 'error' : 'errors') : null,
        warnings > 0 ? badge('warning', warnings, warnings === 1 ? 'warning' : 'warnings') : null,
      );
}

/** A message at the thing that it is about, such as a refusal; it is read out when it appears. */
export function problem(...children) {
  return el('div', { class: 'problem', role: 'alert' }, icon('error'), el('div', {}, children));
}

/** Acts for a button, which is disabled meanwhile. Says what failed in `trouble`, gives the button the focus back, and returns whether all was done. */
export async function attempt(button, trouble, act) {
  button.disabled = true;
  put(trouble);
  try {
    await act();
    return true;
  } catch (failure) {
    put(trouble, problem(failure.message));
    button.disabled = false;
    button.focus();
    return false;
  }
}

/** An explanation with a next step. */
export function hint(severity, ...children) {
  return el('div', { class: `hint ${severity}` }, icon(severity), el('div', {}, children));
}

/** A message with its numbers of bytes as sizes; the exact bytes are in a tooltip, and in the tables. Other numbers stay: they are no multiples. */
export function readable(message) {
  return message.split(/(\b(?:[\d.]+ [KMGTPE]iB = )?\d{5,}(?: bytes)?\b)/).map((part, index) => {
    const bytes = index % 2 === 1 ? Number.parseInt(part.split('= ').at(-1), 10) : 0;
    return bytes >= smallest && bytes % granule === 0 ? el('span', { class: 'figure-of', title: `${bytes} bytes` }, size(bytes)) : part;
  });
}

/** Findings of several lists, each once. */
export function union(...lists) {
  return [...new Map(lists.flat().map(finding => [finding.severity + finding.message, finding])).values()];
}

/** Those that refuse. */
export function errorsOf(found) {
  return found.filter(finding => finding.severity === 'error');
}

/** Those that only warn. */
export function warningsOf(found) {
  return found.filter(finding => finding.severity === 'warning');
}

function bySeverity(found) {
  return [...errorsOf(found), ...found.filter(finding => finding.severity !== 'error')];
}

function badge(severity, number, word) {
  return el('span', { class: `badge ${severity}` }, icon(severity), `${number}`, el('span', { class: 'spoken' }, ` ${word}`));
}
