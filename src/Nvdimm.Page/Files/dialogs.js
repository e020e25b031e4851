// Dialogs. The browser keeps the focus inside and gives it back; Escape closes.

import { el } from './dom.js';
import { attempt } from './findings.js';
import { icon } from './icons.js';

let number = 0;

/** Opens a dialog; `closed` is called when it closes, for whatever reason. */
export function openDialog({ title, kind, children, closed }) {
  const id = `dialog-${++number}`;
  const dialog = el(
    'dialog',
    { class: kind, 'aria-labelledby': id },
    el(
      'div',
      { class: 'top' },
      el('h2', { id, tabindex: '-1', autofocus: true }, title),
      el('button', { type: 'button', class: 'plain close', 'aria-label': 'Close', click: () => dialog.close() }, icon('close')),
    ),
    children,
  );
  dialog.addEventListener('close', () => {
    dialog.remove();
    closed?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * Asks before something is done; Cancel has the focus. `act` may fail: then the dialog stays and says why. `done` is called when it was done and
 * the dialog is gone, so that it can put the focus where the work goes on.
 */
export function ask({ title, children, action, act, done }) {
  const trouble = el('div', {});
  const cancel = el('button', { type: 'button', click: () => dialog.close() }, 'Cancel');
  const go = el(
    'button',
    {
      type: 'button',
      class: 'danger',
      click: async () => {
        if (await attempt(go, trouble, act)) {
          dialog.close();
          done();
        }
      },
    },
    action,
  );
  const dialog = openDialog({ title, kind: 'question', children: [children, trouble, el('p', { class: 'actions' }, cancel, go)] });
  cancel.focus();
  return dialog;
}
