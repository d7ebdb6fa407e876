package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * The backup of a cluster. A password is never shown.
 *
 * @param authMechanismName {@code NONE}, or how an agent signs in to the cluster
 * @param excludedNamespaces databases and collections to leave out; empty for none
 * @param includedNamespaces the only ones to take; empty for all
 * @param statusName STARTED, STOPPED, TERMINATING, INACTIVE or PROVISIONING
 * @param storageEngineName MEMORY_MAPPED or WIRED_TIGER; null when neither set nor known from the version
 * @param username null unless credentials were set
 */
public record BackupConfigJson(
        String authMechanismName,
        String clusterId,
        boolean encryptionEnabled,
        List<String> excludedNamespaces,
        String groupId,
        List<String> includedNamespaces,
        List<Link> links,
        boolean sslEnabled,
        String statusName,
        String storageEngineName,
        String username) {}
