package dev.sealway.bench.speed;

import java.util.List;

/**
 * What is wanted of a ratio within one run.
 *
 * @param above what is measured
 * @param below what it is measured against
 * @param bound the least that will do, or the most
 */
record Target(String words, String above, String below, double bound, boolean atMost) {

    static final String FLOOR_A = "floor A: one UPDATE by constants, no sealing";
    static final String FLOOR_B1 = "floor B: the same in ranges of 5,000, one connection";
    static final String FLOOR_B2 = "floor B: the same in ranges of 5,000, two connections";
    static final String ROW_BY_ROW = "row by row, a commit each";
    static final String HUNDREDS = "row by row, a commit per 100";
    static final String BATCHED = "executeBatch of 1,000, one worker";
    static final String BATCHED2 = "executeBatch of 1,000, two workers";
    static final String TEXT_JOIN = "set-wise, joined on the key as text";
    static final String ARRAYS = "set-wise by arrays, no safeguards, one worker";
    static final String ARRAYS2 = "set-wise by arrays, no safeguards, two workers";
    static final String COPY2 = "set-wise by binary COPY and merge, no safeguards, two workers";
    static final String AES = "pgcrypto: encrypt and hmac, one statement";
    static final String AES2 = "pgcrypto: encrypt and hmac, ranges, two connections";
    static final String PGP = "pgcrypto: pgp_sym_encrypt, one statement";

    static final String REWRITE = "rewrite, plaintext kept (not offered; nothing carried over)";
    static final String REWRITE_BARE = "rewrite, plaintext left out (not offered; nothing carried over)";

    static final String LARGEST = "throughput of the largest";
    static final String HUNDREDTH = "throughput of a hundredth";
    static final String LARGEST_HEAP = "heap of the largest";
    static final String HUNDREDTH_HEAP = "heap of a hundredth";

    static final String UNGUARDED = "an update without the guard";
    static final String GUARDED = "an update with the guard";
    static final String UNGUARDED_EMAIL = "an update of the e-mail without the guard";
    static final String GUARDED_EMAIL = "an update of the e-mail with the guard";

    /** In the order of the report; those whose parts were not measured are left out of it. */
    static final List<Target> ALL = List.of(
            of("walk / floor A", Ours.WALK, FLOOR_A, 1.2),
            of("backfill / floor A", Ours.BACKFILL, FLOOR_A, 1.2),
            of("backfill / row by row, a commit per 100", Ours.BACKFILL, HUNDREDS, 13),
            of("backfill / row by row, a commit each", Ours.BACKFILL, ROW_BY_ROW, 25),
            of("backfill / pgcrypto, encrypt and hmac", Ours.BACKFILL, AES, 2),
            of("backfill / pgcrypto, pgp_sym_encrypt", Ours.BACKFILL, PGP, 40),
            of("verify / SELECT by a cursor, two", Ours.VERIFY, ReadingFloors.CURSOR, 1.15),
            of("verify / binary COPY out, two", Ours.VERIFY, ReadingFloors.COPY, 0.5),
            of("a rewrite, plaintext kept / floor A", REWRITE, FLOOR_A, 1.7),
            of("a rewrite, plaintext left out / floor A", REWRITE_BARE, FLOOR_A, 2.2),
            of("throughput of the largest table / a hundredth of it", LARGEST, HUNDREDTH, 0.9),
            atMost("heap of the largest table / a hundredth of it", LARGEST_HEAP, HUNDREDTH_HEAP, 1.1),
            slower("p99 beside a backfill of at most 4 MB of WAL a second / alone", Alongside.LIMITED),
            slower("p99 beside a backfill of 1,000 rows a second / alone", Alongside.GENTLE),
            atMost("update of one row, of another column, guarded / not", GUARDED, UNGUARDED, 1.1),
            atMost("update of one row, of the e-mail, guarded / not", GUARDED_EMAIL, UNGUARDED_EMAIL, 1.1));

    private static Target of(String words, String above, String below, double atLeast) {
        return new Target(words, above, below, atLeast, false);
    }

    private static Target atMost(String words, String above, String below, double most) {
        return new Target(words, above, below, most, true);
    }

    private static Target slower(String words, String beside) {
        return atMost(words, Alongside.p99(beside), Alongside.p99(Alongside.ALONE), 1.5);
    }

    /** @param ratio of {@link #above} to {@link #below} */
    String verdict(double ratio) {
        if (above.equals(REWRITE) || above.equals(REWRITE_BARE)) {
            return "not offered";
        }
        return (atMost ? ratio <= bound : ratio >= bound) ? "reached" : "missed";
    }

    static final List<Contender> CONTENDERS = List.of(
            ServerSide.constants(FLOOR_A, false, 1, 1),
            new Ours(),
            ServerSide.constants(FLOOR_B1, true, 1, 5),
            ServerSide.constants(FLOOR_B2, true, 2, 1),
            new ClientSide(ARRAYS, ClientSide.Way.ARRAYS, 1, 5),
            new ClientSide(ARRAYS2, ClientSide.Way.ARRAYS, 2, 1),
            new CopyMerge(COPY2, 2),
            new ClientSide(BATCHED, ClientSide.Way.BATCHED, 1, 5),
            new ClientSide(BATCHED2, ClientSide.Way.BATCHED, 2, 5),
            new ClientSide(HUNDREDS, ClientSide.Way.HUNDREDS, 1, 20),
            new ClientSide(ROW_BY_ROW, ClientSide.Way.ROW_BY_ROW, 1, 50),
            new ClientSide(TEXT_JOIN, ClientSide.Way.TEXT_JOIN, 1, 20),
            ServerSide.aes(AES, false, 1, 1),
            ServerSide.aes(AES2, true, 2, 5),
            ServerSide.pgp(PGP),
            new Rewriting(REWRITE, true),
            new Rewriting(REWRITE_BARE, false),
            new ReadingFloors());
}
