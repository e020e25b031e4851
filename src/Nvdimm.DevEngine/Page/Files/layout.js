// The picture of a device's layout, to scale.

import { el, svg } from './dom.js';
import { exactSize, size } from './text.js';

const width = 1000;
const height = 46;
const words = {
  guest: 'guest: what the VM sees',
  padding: 'padding: lost to alignment',
  label: 'label: where the guest keeps its namespaces',
  unused: 'unused: lost at the end',
};

/** A picture of the areas, a legend with exact figures, and a text for people who do not see it. */
export function layoutPicture(device) {
  const total = device.areas.reduce((sum, area) => sum + area.size, 0);
  const spoken = device.areas.map(area => `${area.name} ${size(area.size)} at offset ${area.offset}`).join(', ');
  const picture = svg('svg', { class: 'layout', viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `Layout of ${device.name}: ${spoken}` },
    device.areas.map(area => svg('rect', {
      class: `area ${area.name}`,
      x: area.offset / total * width,
      y: 0,
      width: area.size / total * width,
      height,
    }, svg('title', {}, `${area.name}: ${exactSize(area.size)} at offset ${area.offset}`))));
  const legend = el('ul', { class: 'legend' }, device.areas.map(area => el('li', {},
    el('span', { class: `swatch ${area.name}`, 'aria-hidden': 'true' }),
    `${words[area.name] ?? area.name}, ${exactSize(area.size)}`)));
  return el('figure', {}, picture, el('figcaption', {}, `${device.name}, ${exactSize(device.size)}, to scale`), legend);
}
