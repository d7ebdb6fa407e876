-- When an administrator stopped the job of a link; null while nobody did.
ALTER TABLE delivery_link ADD COLUMN killed BIGINT;
