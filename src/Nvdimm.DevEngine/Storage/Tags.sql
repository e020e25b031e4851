-- Null is the root.
ALTER TABLE tags ADD COLUMN parent_id TEXT REFERENCES tags ON DELETE CASCADE;

CREATE TABLE host_tags (
    host_id TEXT NOT NULL REFERENCES hosts ON DELETE CASCADE,
    tag_id TEXT NOT NULL REFERENCES tags ON DELETE CASCADE,
    PRIMARY KEY (host_id, tag_id)) STRICT;

CREATE INDEX host_tags_by_tag ON host_tags (tag_id);

CREATE INDEX tags_by_parent ON tags (parent_id);
