/**
 * Shows how the store is encrypted: {@code GET /api/holdfast/v1/encryption}. Ours, not Ops Manager's: there
 * {@code encryptionEnabled} and {@code masterKeyUUID} tell of mongod's own encrypted files. Keeps nothing.
 */
package dev.holdfast.server.encryption;
