// How things are written for people.

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
const collator = new Intl.Collator('en', { numeric: true });
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/**
 * A size in the smallest unit in which it is below 1,000, rounded to three decimals: the spelling of the library's ByteSize, with which a
 * test compares it. It may be rounded: the exact bytes stand beside it where they matter.
 */
export function size(bytes) {
  for (let unit = 0; ; unit++) {
    const shown = Math.round((bytes / 1024 ** unit) * 1000) / 1000;
    if (shown < 1000) {
      return `${shown} ${units[unit]}`;
    }
  }
}

/** A size with its exact bytes. */
export function exactSize(bytes) {
  return bytes === null || bytes === undefined ? 'unknown' : bytes < 1000 ? `${bytes} B` : `${size(bytes)} (${bytes} B)`;
}

/** Orders names as people count: namespace1.2 comes before namespace1.10. */
export function byName(left, right) {
  return collator.compare(left.name, right.name);
}

/** A number with its word: 1 device, 2 devices. */
export function count(number, word, words = `${word}s`) {
  return `${number} ${number === 1 ? word : words}`;
}

/** Names as people list them: a, b and c. */
export function list(names) {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** A status as the engine's administration writes it. */
export function words(status) {
  return status.replaceAll('_', ' ');
}

/** A moment, from milliseconds since 1970 or ISO 8601. */
export function when(time) {
  return moment.format(new Date(time));
}

/** How long ago a moment was. */
export function ago(time, now) {
  const seconds = Math.max(0, Math.round((now - time) / 1000));
  return seconds < 5
    ? 'just now'
    : seconds < 60
      ? `${seconds} s ago`
      : seconds < 3600
        ? `${Math.floor(seconds / 60)} min ago`
        : `${Math.floor(seconds / 3600)} h ago`;
}

/** A sentence that starts with a capital letter. */
export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const names = {
  numa_node: 'NUMA node',
  target_node: 'Target node',
  uuid: 'UUID',
  raw_uuid: 'UUID of the raw area',
  align: 'Alignment',
  bad_blocks: 'Bad blocks',
  label: 'Name given by a user',
  path: 'Device file',
  size: 'Size',
  mode: 'Mode',
  region: 'Region',
};

/** The name of a detail. */
export function heading(name) {
  return names[name] ?? capital(name).replaceAll('_', ' ');
}

/** The value of a detail; a number of bytes as a size. */
export function detail({ name, value }) {
  return name === 'size' || name === 'align' ? exactSize(Number(value)) : value;
}
