// The banner that says that the engine does not answer, and that goes by itself when it does.

import { el, put } from './dom.js';
import { icon } from './icons.js';

const waits = [2, 4, 8, 15];

/** Watches an engine; `recovered` is called when it answers again. */
export function watchConnection(engine, recovered) {
  const banner = document.getElementById('offline');
  const seconds = el('span', { 'aria-hidden': 'true' });
  const again = el('button', { type: 'button', class: 'plain', click: () => ask() }, 'Try now');
  let attempt = 0;
  let left = 0;
  let timer = null;

  function lost() {
    if (timer === null) {
      put(banner, icon('warning'), el('p', { role: 'alert' }, 'No connection to the engine. What you see may be old.'), seconds, again);
      banner.hidden = false;
      attempt = 0;
      left = waits[0];
      tell();
      timer = setInterval(tick, 1000);
    }
  }

  function reached() {
    if (timer !== null) {
      clearInterval(timer);
      timer = null;
      const hadFocus = banner.contains(document.activeElement);
      banner.hidden = true;
      put(banner);
      recovered(hadFocus);
    }
  }

  function tick() {
    if (--left <= 0) {
      ask();
    } else {
      tell();
    }
  }

  async function ask() {
    left = waits[Math.min(++attempt, waits.length - 1)];
    seconds.textContent = 'Trying…';
    if (!(await engine.isReached())) {
      tell();
    }
  }

  function tell() {
    seconds.textContent = `Trying again in ${left} s.`;
  }

  engine.addEventListener('lost', lost);
  engine.addEventListener('reached', reached);
  window.addEventListener('online', () => timer !== null && ask());
}
