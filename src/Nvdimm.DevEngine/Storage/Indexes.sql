CREATE INDEX vms_by_host ON vms (host_id) WHERE host_id IS NOT NULL;

CREATE INDEX vm_pins_by_host ON vm_pins (host_id);

CREATE INDEX vm_tags_by_tag ON vm_tags (tag_id);

CREATE INDEX snapshots_by_vm ON snapshots (vm_id, date, id);

CREATE INDEX jobs_by_start ON jobs (started DESC, id);
