package dev.sealway.backup;

/** The kinds of records in a sealed stream: a kind is one byte, and one description, rows and one total follow each other. */
enum Frame {
    /** A length as four bytes, big-endian, and a {@link BackupDescription} as JSON. */
    DESCRIPTION('D'),
    /** For each field a length as four bytes, big-endian, −1 for null, and its bytes: row key first, then the columns. */
    ROW('R'),
    /** A length as four bytes, big-endian, and {@link BackupTotals} as JSON. Nothing follows. */
    TOTALS('E');

    private final byte mark;

    Frame(char mark) {
        this.mark = (byte) mark;
    }

    byte mark() {
        return mark;
    }
}
