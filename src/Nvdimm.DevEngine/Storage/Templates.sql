-- Blank, of which all earlier VMs were made, has no cluster. A configuration has the JSON of a snapshot's.
CREATE TABLE templates (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL,
    cluster_id TEXT REFERENCES clusters,
    created INTEGER NOT NULL,
    configuration TEXT NOT NULL) STRICT;

INSERT INTO templates (id, name, description, created, configuration)
VALUES (
    '00000000-0000-0000-0000-000000000000', 'Blank', 'Blank template', 0,
    '{"Affinity":"migratable","Memory":1073741824,"MaxMemory":4294967296,"Settings":"{}"}');

ALTER TABLE vms ADD COLUMN template_id TEXT NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';

CREATE INDEX vms_by_template ON vms (template_id);
