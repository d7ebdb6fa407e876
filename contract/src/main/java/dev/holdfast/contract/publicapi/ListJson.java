package dev.holdfast.contract.publicapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A page of a list.
 *
 * @param links self first, then previous and next where there are such pages
 * @param results the entities of this page, each with only its self link
 * @param totalCount entities of all pages; null to leave it out ({@code includeCount=false})
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ListJson<T>(List<Link> links, List<T> results, Long totalCount) {}
