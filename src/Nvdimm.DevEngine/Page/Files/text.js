// How things are written for people.

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** A size in the largest unit that shows it exactly with at most three decimals; otherwise about that. */
export function size(bytes) {
  for (let unit = units.length - 1; unit > 0; unit--) {
    const value = bytes / 1024 ** unit;
    if (value >= 1 && Number.isInteger(value * 1000)) {
      return `${value} ${units[unit]}`;
    }
  }
  const unit = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  return unit === 0 ? `${bytes} B` : `about ${(bytes / 1024 ** unit).toFixed(3)} ${units[unit]}`;
}

/** A size with its exact bytes. */
export function exactSize(bytes) {
  return bytes === null || bytes === undefined ? 'unknown' : bytes < 1024 ? `${bytes} B` : `${size(bytes)} (${bytes} B)`;
}

const names = { numa_node: 'NUMA node', target_node: 'Target node', uuid: 'UUID', align: 'Alignment', bad_blocks: 'Bad blocks' };

/** The name of a detail. */
export function heading(name) {
  return names[name] ?? name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');
}

/** The value of a detail; what is a number of bytes as a size. */
export function detail({ name, value }) {
  return name === 'size' || name === 'align' ? size(Number(value)) : value;
}
