// Small helpers around the document. Nothing here ever parses text as HTML.

/** An element with attributes (null and false are left out, functions become listeners) and children. */
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** Says something to people who do not see the page. */
export function announce(text) {
  document.getElementById('announcement').textContent = text;
}

/** A table with a caption; cells are texts or elements, the first of a row is its heading. */
export function table(caption, headings, rows) {
  return el('div', { class: 'scroll', role: 'region', 'aria-label': caption, tabindex: '0' }, el('table', {},
    el('caption', {}, caption),
    el('thead', {}, el('tr', {}, headings.map(heading => el('th', { scope: 'col' }, heading)))),
    el('tbody', {}, rows.map(([first, ...cells]) => el('tr', {}, el('th', { scope: 'row' }, first), cells.map(cell => el('td', {}, cell)))))));
}
