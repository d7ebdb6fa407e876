package dev.holdfast.server.http;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.contract.publicapi.ListJson;
import dev.holdfast.contract.trouble.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * Which page of a list is asked for.
 *
 * @param pageNum from 1
 * @param itemsPerPage 1 to {@link #MAX_ITEMS}
 * @param includeCount whether the answer has totalCount
 */
public record Paging(int pageNum, int itemsPerPage, boolean includeCount) {
    /** Most items of a page; more is cut down to it. */
    public static final int MAX_ITEMS = 500;

    private static final int DEFAULT_ITEMS = 100;

    /**
     * Reads pageNum, itemsPerPage and includeCount. {@code 1.0} is 1.
     *
     * @throws Refusal INVALID_QUERY_PARAMETER for what is no whole number or is below 1
     */
    public static Paging of(Call call) {
        int page = positive(call, "pageNum", 1);
        int items = Math.min(positive(call, "itemsPerPage", DEFAULT_ITEMS), MAX_ITEMS);
        return new Paging(page, items, !"false".equalsIgnoreCase(call.query("includeCount")));
    }

    /** Items before this page. */
    public long offset() {
        return (pageNum - 1L) * itemsPerPage;
    }

    /**
     * The document of this page.
     *
     * @param results the items of this page only
     * @param total items of all pages
     */
    public <T> ListJson<T> page(Call call, List<T> results, long total) {
        List<Link> links = new ArrayList<>();
        links.add(new Link(address(call, pageNum), "self"));
        if (pageNum > 1) {
            links.add(new Link(address(call, pageNum - 1), "previous"));
        }
        if (offset() + itemsPerPage < total) {
            links.add(new Link(address(call, pageNum + 1), "next"));
        }
        return new ListJson<>(links, results, includeCount ? total : null);
    }

    /** The page of a list that is whole in memory. */
    public <T> ListJson<T> slice(Call call, List<T> all) {
        int from = (int) Math.min(offset(), all.size());
        int to = (int) Math.min(offset() + itemsPerPage, all.size());
        return page(call, all.subList(from, to), all.size());
    }

    private String address(Call call, int page) {
        StringBuilder href = new StringBuilder(call.baseUrl()).append(call.path());
        char separator = '?';
        String query = call.rawQuery() == null ? "" : call.rawQuery();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty() && !pair.startsWith("pageNum=") && !pair.startsWith("itemsPerPage=")) {
                href.append(separator).append(pair);
                separator = '&';
            }
        }
        return href.append(separator)
                .append("pageNum=")
                .append(page)
                .append("&itemsPerPage=")
                .append(itemsPerPage)
                .toString();
    }

    private static int positive(Call call, String name, int otherwise) {
        String text = call.query(name);
        if (text == null) {
            return otherwise;
        }
        // a number that no page has is still a number: past the end, or cut down to the maximum
        long value = LenientValues.whole(TextNode.valueOf(text.strip()))
                .map(whole -> whole.orElse(text.strip().startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE))
                .orElse(0L);
        if (value >= 1) {
            return (int) Math.min(value, Integer.MAX_VALUE);
        }
        throw new Refusal(ErrorCode.INVALID_QUERY_PARAMETER, name);
    }
}
