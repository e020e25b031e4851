-- Of several events with one origin and custom id the first keeps the id.
UPDATE events SET custom_id = -1
WHERE custom_id <> -1
    AND EXISTS (SELECT 1 FROM events AS earlier WHERE earlier.origin = events.origin AND earlier.custom_id = events.custom_id AND earlier.id < events.id);

CREATE UNIQUE INDEX events_by_custom_id ON events (origin, custom_id) WHERE custom_id <> -1;
