package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * The API's entry page.
 *
 * @param apiKey the key that the request was signed with
 * @param appName name of the product that answers
 * @param build hash of the commit it was built from
 * @param throttling obsolete, always there
 */
public record RootJson(ApiKeyJson apiKey, String appName, String build, List<Link> links, boolean throttling) {}
