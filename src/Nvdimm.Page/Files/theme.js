// Light, dark, or as the system has it.

import { el } from './dom.js';

const stored = 'colours';
const choices = [
  ['auto', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

/** Applies the stored choice. */
export function applyTheme() {
  const chosen = localStorage.getItem(stored) ?? 'auto';
  document.documentElement.dataset.theme = chosen;
  return chosen;
}

/** A choice of colours. */
export function themeChoice() {
  const chosen = applyTheme();
  const select = el(
    'select',
    {
      id: 'theme',
      change: () => {
        localStorage.setItem(stored, select.value);
        applyTheme();
      },
    },
    choices.map(([value, name]) => el('option', { value, selected: value === chosen }, name)),
  );
  return el('p', {}, el('label', { for: 'theme' }, 'Colours'), select);
}
