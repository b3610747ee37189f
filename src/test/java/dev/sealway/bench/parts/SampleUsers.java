package dev.sealway.bench.parts;

import dev.sealway.batch.TokenMaker;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.RowKey;
import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.Encoding;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.TypeName;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredSearch;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.plan.Binding;
import dev.sealway.plan.Mode;
import dev.sealway.proof.EvidenceHash;
import dev.sealway.search.BlindIndex;
import dev.sealway.search.Normalizer;
import dev.sealway.testing.Life;
import dev.sealway.testing.Walks;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A table {@code users} as it is after expand, without a database: four columns, one of them with a search token, under fresh
 * keys of AES256-GCM and HMAC-SHA256. Thread-safe.
 */
public final class SampleUsers {

    /** The columns that are sealed; the first has the token. */
    public static final List<String> COLUMNS = List.of("email", "first_name", "last_name", "phone");

    static final Encoding ENCODING = Encoding.parse("pgtext/1");

    private static final QualifiedName NAME = QualifiedName.of("public", "users");
    private static final String KEYSET = "data/default";
    private static final String INDEX = "eq";
    private static final int BITS = 256;

    private final KeyBundle keys = Walks.keys(Life.freshKeys());
    private final BlindIndex index = BlindIndex.of(context("email"), INDEX, Normalizer.parse("email"), BITS);

    FieldCipher cipher() {
        return keys.cipher(KEYSET);
    }

    TokenMaker tokens() {
        return new TokenMaker(keys.prf(KeyBundle.TOKEN_KEYSET), index);
    }

    EvidenceHash evidence(String column) {
        return new EvidenceHash(keys.prf(KeyBundle.EVIDENCE_KEYSET), EvidenceHash.idOf(1), context(column));
    }

    AssociatedData associatedData(String column) {
        return AssociatedData.ofColumn(context(column), ENCODING);
    }

    static String context(String column) {
        return "%s.%s".formatted(NAME, column);
    }

    /** The row key of a row. */
    public static List<String> key(int number) {
        return List.of(Integer.toString(number));
    }

    /** What a row holds in {@link #COLUMNS}, in new arrays: 25, 8, 10 and 14 bytes where {@code number} has four digits. */
    public static byte[][] values(int number) {
        return new byte[][] {
            utf8("user%d@mail.example.org".formatted(number)),
            utf8("First%d".formatted(number % 499 + 500)),
            utf8("Family%d".formatted(number % 8_973 + 1_000)),
            utf8("+49151%08d".formatted(number))
        };
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The table with all four columns, as a walk has it. */
    public WalkedTable table() {
        LiveColumn id = new LiveColumn(
                Identifier.of("id"), 1, new TypeName("bigint"), "int8", 'b', true, false, false, Optional.empty());
        RowKey key = new RowKey(List.of(id), Identifier.of("users_pkey"));
        List<RegisteredColumn> columns =
                COLUMNS.stream().map(SampleUsers::registered).toList();
        return new WalkedTable(
                new RegisteredTable(1, "bench", NAME, 1, Mode.EXPAND, Binding.COLUMN, columns),
                new LiveTable(1, NAME, 'r', List.of(id), Optional.of(key), 1_000, 0),
                key,
                columns.stream().map(this::walked).toList(),
                Optional.empty());
    }

    private WalkedColumn walked(RegisteredColumn column) {
        return new WalkedColumn(column, cipher(), column.search().map(s -> tokens()), Binding.COLUMN);
    }

    private static RegisteredColumn registered(String column) {
        return new RegisteredColumn(
                COLUMNS.indexOf(column),
                1,
                Identifier.of(column),
                Identifier.of(column + "_encrypted"),
                column.equals("email") ? Optional.of(search()) : Optional.empty(),
                context(column),
                ENCODING,
                Ciphers.TINK,
                KEYSET,
                1,
                ColumnPhase.EXPANDED);
    }

    private static RegisteredSearch search() {
        return RegisteredSearch.planned(Identifier.of("email_search"), "email/1", context("email"), INDEX, BITS, false);
    }
}
