package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * An organisation.
 *
 * @param isDeleted always false: a deleted one is not there
 */
public record OrgJson(String id, boolean isDeleted, List<Link> links, String name) {}
