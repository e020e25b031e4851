// The addresses of things, as links have them.

/** The place of a device. */
export function placeOfDevice(host, name) {
  return `/host/${encodeURIComponent(host)}/device/${encodeURIComponent(name)}`;
}
