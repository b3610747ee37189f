package dev.sealway.catalog.inventory;

/** What {@code DROP COLUMN … RESTRICT} would do about an object. */
public enum DropEffect {
    /** PostgreSQL refuses the drop while the object is there. */
    REFUSES("DROP COLUMN is refused while it is there"),
    /** The object goes away together with the column, without a word. */
    GOES_SILENTLY("DROP COLUMN would drop it without a word"),
    /** PostgreSQL does not connect the two: the object stays, and may fail or act on rows later. */
    UNNOTICED("DROP COLUMN would not notice it");

    private final String words;

    DropEffect(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
