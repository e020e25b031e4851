// Small helpers around the document. Nothing here ever parses text as HTML.

/** An element with attributes (null and false are left out, functions become listeners) and children. */
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

/** The children of an element are replaced; nested lists are flattened, and what is null or false is left out. */
export function put(element, ...children) {
  element.replaceChildren(...flat(children));
  return element;
}

/** A link, with a place of this page such as `/host/ID`. */
export function link(place, ...children) {
  return el('a', { href: `#${place}` }, children);
}

/** Sets the share of an element's width; the Content-Security-Policy forbids style attributes, not this. */
export function wide(element, share) {
  element.style.setProperty('--share', `${(share * 100).toFixed(4)}%`);
  return element;
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...flat(children));
  return element;
}

function flat(children) {
  return children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false);
}
