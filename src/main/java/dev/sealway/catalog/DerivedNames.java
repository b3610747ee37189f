package dev.sealway.catalog;

/** The names of what Sealway adds beside a plaintext column and its table; they may be too long to be names. */
public final class DerivedNames {

    private DerivedNames() {}

    public static String encrypted(String column) {
        return column + "_encrypted";
    }

    public static String search(String column) {
        return column + "_search";
    }

    /** The view that gives applications the old shape. */
    public static String sealedView(String table) {
        return table + "_sealed";
    }
}
