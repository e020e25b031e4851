ALTER TABLE jobs ADD COLUMN correlation_id TEXT;

ALTER TABLE jobs ADD COLUMN external INTEGER NOT NULL DEFAULT 0;

ALTER TABLE events ADD COLUMN correlation_id TEXT;

CREATE TABLE steps (
    id TEXT PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES jobs ON DELETE CASCADE,
    description TEXT NOT NULL,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    started INTEGER NOT NULL,
    ended INTEGER) STRICT;

CREATE INDEX steps_by_job ON steps (job_id, started);
