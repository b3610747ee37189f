package dev.sealway.bench.speed;

import java.util.List;

/**
 * What is wanted of a ratio within one run.
 *
 * @param above what is measured
 * @param below what it is measured against
 */
record Target(String words, String above, String below, double atLeast) {

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
    static final String AES = "pgcrypto: encrypt and hmac, one statement";
    static final String AES2 = "pgcrypto: encrypt and hmac, ranges, two connections";
    static final String PGP = "pgcrypto: pgp_sym_encrypt, one statement";

    static final List<Target> ALL = List.of(
            new Target("backfill / floor A", Ours.BACKFILL, FLOOR_A, 1.2),
            new Target("backfill / row by row, a commit per 100", Ours.BACKFILL, HUNDREDS, 13),
            new Target("backfill / row by row, a commit each", Ours.BACKFILL, ROW_BY_ROW, 25),
            new Target("backfill / pgcrypto, encrypt and hmac", Ours.BACKFILL, AES, 2),
            new Target("backfill / pgcrypto, pgp_sym_encrypt", Ours.BACKFILL, PGP, 40),
            new Target("verify / SELECT by a cursor, two", Ours.VERIFY, ReadingFloors.CURSOR.formatted(2), 1.15),
            new Target("verify / binary COPY out, two", Ours.VERIFY, ReadingFloors.COPY.formatted(2), 0.5));

    static final List<Contender> CONTENDERS = List.of(
            ServerSide.constants(FLOOR_A, false, 1),
            new Ours(),
            ServerSide.constants(FLOOR_B1, true, 1),
            ServerSide.constants(FLOOR_B2, true, 2),
            new ClientSide(ARRAYS, ClientSide.Way.ARRAYS, 1, false),
            new ClientSide(ARRAYS2, ClientSide.Way.ARRAYS, 2, false),
            new ClientSide(BATCHED, ClientSide.Way.BATCHED, 1, false),
            new ClientSide(BATCHED2, ClientSide.Way.BATCHED, 2, false),
            new ClientSide(HUNDREDS, ClientSide.Way.HUNDREDS, 1, true),
            new ClientSide(ROW_BY_ROW, ClientSide.Way.ROW_BY_ROW, 1, true),
            new ClientSide(TEXT_JOIN, ClientSide.Way.TEXT_JOIN, 1, true),
            ServerSide.aes(AES, false, 1),
            ServerSide.aes(AES2, true, 2),
            ServerSide.pgp(PGP),
            new ReadingFloors());
}
