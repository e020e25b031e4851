ALTER TABLE vms ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

ALTER TABLE vm_numa_nodes ADD COLUMN cpus TEXT NOT NULL DEFAULT '';

UPDATE vm_numa_nodes SET cpus = node;
