CREATE TABLE clusters (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, architecture TEXT NOT NULL) STRICT;

CREATE TABLE hosts (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    address TEXT NOT NULL,
    cluster_id TEXT NOT NULL REFERENCES clusters,
    status TEXT NOT NULL,
    source TEXT NOT NULL) STRICT;

CREATE TABLE vms (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL DEFAULT '',
    cluster_id TEXT NOT NULL REFERENCES clusters,
    status TEXT NOT NULL,
    affinity TEXT NOT NULL,
    memory INTEGER NOT NULL,
    max_memory INTEGER NOT NULL,
    host_id TEXT REFERENCES hosts,
    created INTEGER NOT NULL) STRICT;

CREATE TABLE vm_pins (vm_id TEXT NOT NULL REFERENCES vms ON DELETE CASCADE, host_id TEXT NOT NULL REFERENCES hosts, PRIMARY KEY (vm_id, host_id)) STRICT;

CREATE TABLE vm_numa_nodes (
    vm_id TEXT NOT NULL REFERENCES vms ON DELETE CASCADE,
    node INTEGER NOT NULL,
    memory INTEGER NOT NULL,
    host_nodes TEXT NOT NULL,
    PRIMARY KEY (vm_id, node)) STRICT;

CREATE TABLE vm_host_devices (
    vm_id TEXT NOT NULL REFERENCES vms ON DELETE CASCADE,
    capability TEXT NOT NULL,
    name TEXT NOT NULL,
    identity TEXT,
    PRIMARY KEY (vm_id, name)) STRICT;

CREATE TABLE snapshots (
    id TEXT PRIMARY KEY,
    vm_id TEXT NOT NULL REFERENCES vms ON DELETE CASCADE,
    description TEXT NOT NULL,
    date INTEGER NOT NULL,
    has_memory INTEGER NOT NULL) STRICT;

CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code INTEGER NOT NULL,
    severity TEXT NOT NULL,
    description TEXT NOT NULL,
    time INTEGER NOT NULL,
    origin TEXT NOT NULL,
    custom_id INTEGER NOT NULL,
    vm_id TEXT,
    host_id TEXT) STRICT;

CREATE TABLE jobs (id TEXT PRIMARY KEY, description TEXT NOT NULL, status TEXT NOT NULL, started INTEGER NOT NULL, ended INTEGER) STRICT;

CREATE TABLE tags (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT NOT NULL) STRICT;

CREATE TABLE vm_tags (vm_id TEXT NOT NULL REFERENCES vms ON DELETE CASCADE, tag_id TEXT NOT NULL REFERENCES tags ON DELETE CASCADE, PRIMARY KEY (vm_id, tag_id)) STRICT;

CREATE TABLE passwords (user TEXT PRIMARY KEY, salt BLOB NOT NULL, hash BLOB NOT NULL, iterations INTEGER NOT NULL) STRICT;
