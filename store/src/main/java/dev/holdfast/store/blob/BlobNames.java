package dev.holdfast.store.blob;

/** What a blob may be called; see {@link BlobStore}. */
public final class BlobNames {
    private BlobNames() {}

    /** Whether {@code name} is one or more parts of {@code [a-z0-9._-]}, joined by {@code /}, none of them dots only. */
    public static boolean isValid(String name) {
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            if (i == name.length() || name.charAt(i) == '/') {
                String part = name.substring(start, i);
                if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                    return false;
                }
                start = i + 1;
            } else if (!isNameCharacter(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Answers {@code name}, or throws an {@link IllegalArgumentException} that names it. */
    public static String require(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException("not a blob's name: " + name);
        }
        return name;
    }

    private static boolean isNameCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }
}
