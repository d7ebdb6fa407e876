-- Whether it was told that the link's time is over; 1 also when there was nothing to tell.
ALTER TABLE delivery_link ADD COLUMN expiry_told INTEGER NOT NULL DEFAULT 0;
CREATE INDEX delivery_link_to_tell ON delivery_link (expires) WHERE expiry_told = 0;
