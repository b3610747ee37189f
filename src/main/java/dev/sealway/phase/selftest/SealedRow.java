package dev.sealway.phase.selftest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.crypto.OpenFailedException;
import dev.sealway.crypto.Plaintext;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.phase.selftest.SelfTestReport.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One value on its way into a copy and out again. */
final class SealedRow {

    /** A value that every normaliser takes, and nobody's. */
    private static final String VALUE = "+49 30 5550 1234";

    private static final int OTHER_VALUES = 20;
    private static final Identifier ROW = Identifier.of("r");

    private static final Sql INSERT = Sql.of("INSERT INTO {copy} ({columns}) VALUES ({marks})");
    private static final Sql READ = Sql.of("SELECT {ciphertext}, {row}::pg_catalog.text FROM {copy} {row}");
    private static final Sql OF_PRIMARY =
            Sql.of("SELECT pg_catalog.count(*) FROM {copy} {row} WHERE {encrypted} AND NOT {older}");
    private static final Sql FIND = Sql.of("SELECT pg_catalog.count(*) FROM {copy} WHERE {token} = ?");
    private static final Sql EMPTY = Sql.of("DELETE FROM {copy}");

    private final Transaction tx;
    private final WalkedTable table;
    private final WalkedColumn column;
    private final QualifiedName copy;
    private final List<String> rowKey;
    private final List<Finding> findings = new ArrayList<>();

    SealedRow(Transaction tx, WalkedTable table, WalkedColumn column, QualifiedName copy) {
        this.tx = tx;
        this.table = table;
        this.column = column;
        this.copy = copy;
        this.rowKey = Collections.nCopies(table.rowKey().names().size(), "1");
    }

    private record Raw(byte[] ciphertext, String text) {}

    SelfTestReport.Column test() {
        WalkedColumn.Sealed sealed = column.seal(value(VALUE), rowKey);
        insert(sealed);
        Raw raw = tx.first(
                        in(READ).with("ciphertext", column.ciphertextIn(ROW)),
                        row -> new Raw(row.getBytes(1), row.getString(2)))
                .orElseThrow();
        find("the stored ciphertext begins with the format and the id of the newest key", isOfPrimary());
        find("the value occurs nowhere in the stored row", isHidden(raw));
        find("the stored ciphertext opens to the value", opens(column, raw.ciphertext(), rowKey));
        findByToken();
        refuseElsewhere(raw.ciphertext());
        tx.execute(in(EMPTY));
        return new SelfTestReport.Column(
                table.live().tableName(), column.plaintext().name(), raw.ciphertext().length, findings);
    }

    private void insert(WalkedColumn.Sealed sealed) {
        List<Identifier> columns = Stream.concat(Stream.of(column.encrypted()), column.tokenColumns().stream())
                .toList();
        Object ciphertext = column.isText() ? new String(sealed.ciphertext(), UTF_8) : sealed.ciphertext();
        tx.execute(
                in(INSERT)
                        .with("columns", Identifier.list(columns))
                        .with("marks", Sql.join(", ", Collections.nCopies(columns.size(), Sql.of("?")))),
                Stream.concat(Stream.of(ciphertext), sealed.tokens().stream()).toArray());
    }

    private boolean isOfPrimary() {
        return tx.number(in(OF_PRIMARY)
                        .with("encrypted", column.isEncryptedIn(ROW))
                        .with("older", column.isOfAnOlderKeyIn(ROW)))
                == 1;
    }

    private static boolean isHidden(Raw raw) {
        byte[] bytes = VALUE.getBytes(UTF_8);
        String inBytes = HexFormat.of().formatHex(raw.ciphertext());
        String hex = HexFormat.of().formatHex(bytes);
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        return Stream.of(VALUE, hex, base64).noneMatch(raw.text()::contains) && !inBytes.contains(hex);
    }

    private void findByToken() {
        if (column.tokenColumns().isEmpty()) {
            return;
        }
        List<byte[]> tokens = tokens(VALUE);
        boolean othersFindNothing =
                unlike(tokens).map(other -> counts(other) == 0).orElse(true);
        find("each search token finds the row, and another value's does not", counts(tokens) == 1 && othersFindNothing);
    }

    /** Of the first value that shares no token: of short ones some do, under one key or another. */
    private Optional<List<byte[]>> unlike(List<byte[]> tokens) {
        return IntStream.range(0, OTHER_VALUES)
                .mapToObj(i -> tokens(String.format(Locale.ROOT, "+49 30 5550 98%02d", i)))
                .filter(other ->
                        IntStream.range(0, tokens.size()).noneMatch(i -> Arrays.equals(tokens.get(i), other.get(i))))
                .findFirst();
    }

    private List<byte[]> tokens(String value) {
        try (Plaintext plaintext = value(value)) {
            return column.allTokens(plaintext);
        }
    }

    /** Rows that each of the tokens finds. */
    private long counts(List<byte[]> tokens) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < tokens.size(); i++) {
            Sql find = in(FIND).with("token", column.tokenColumns().get(i));
            least = Math.min(least, tx.number(find, tokens.get(i)));
        }
        return least;
    }

    private void refuseElsewhere(byte[] ciphertext) {
        byte[] altered = ciphertext.clone();
        altered[altered.length - 1] ^= 1;
        find("an altered ciphertext is refused", !opens(column, altered, rowKey));
        switch (table.registered().binding()) {
            case NONE -> {}
            case COLUMN ->
                find("another column's ciphertext is refused", !opens(column.elsewhere(), ciphertext, rowKey));
            case ROW -> {
                List<String> otherRow = Collections.nCopies(rowKey.size(), "2");
                find("another row's ciphertext is refused", !opens(column, ciphertext, otherRow));
                find("another column's ciphertext is refused", !opens(column.elsewhere(), ciphertext, rowKey));
            }
        }
    }

    private static boolean opens(WalkedColumn column, byte[] ciphertext, List<String> rowKey) {
        try (Plaintext opened = column.open(ciphertext, rowKey);
                Plaintext wanted = value(VALUE)) {
            return opened.equals(wanted);
        } catch (OpenFailedException e) {
            return false;
        }
    }

    private static Plaintext value(String text) {
        return Plaintext.owning(text.getBytes(UTF_8));
    }

    private void find(String what, boolean held) {
        findings.add(new Finding(what, held));
    }

    private Sql in(Sql statement) {
        return statement.with("copy", copy).with("row", ROW);
    }
}
