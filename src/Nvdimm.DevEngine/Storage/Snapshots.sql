-- What a VM was configured with, as JSON; null for snapshots of earlier versions, to which no VM can go back.
ALTER TABLE snapshots ADD COLUMN configuration TEXT;

-- While a snapshot is previewed: which one, and what the VM was configured with before.
ALTER TABLE vms ADD COLUMN previewed TEXT;

ALTER TABLE vms ADD COLUMN before_preview TEXT;
