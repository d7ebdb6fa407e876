package dev.holdfast.store.manifest;

import java.util.LinkedHashMap;
import java.util.Map;

/** The last few pages of a part, for ranges that begin where others ended. Safe for several threads. */
final class PageCache {
    private static final int PAGES = 4;

    private final Map<Integer, byte[]> pages = new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, byte[]> eldest) {
            return size() > PAGES;
        }
    };

    synchronized byte[] get(int page) {
        return pages.get(page);
    }

    synchronized void put(int page, byte[] bytes) {
        pages.put(page, bytes);
    }
}
