// What speaks against something, in words.

import { el } from './dom.js';

/** A list of findings; nothing where there are none. */
export function findings(list, label) {
  return list.length === 0 ? null : el('ul', { class: 'findings', 'aria-label': label }, list.map(finding => el('li', { class: finding.severity },
    el('strong', {}, finding.severity === 'error' ? 'Refused: ' : 'Warning: '),
    finding.message,
    ' ',
    el('code', {}, finding.code))));
}

/** Findings of several lists, each once. */
export function union(...lists) {
  return [...new Map(lists.flat().map(finding => [finding.code + finding.message, finding])).values()];
}
