package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.json.Json;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.CertificateCheck;
import dev.sealway.workflow.CertificateReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The document that tells what was done. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class CertificateTest {

    private static final String TABLES = """
            tables:
              "public.<b>users</b>":
                columns:
                  email: { search: { normalizer: email/1 } }
                  name: {}
            """;

    @TempDir
    private Path directory;

    private Life life;

    @BeforeEach
    void createsUsers(TestDatabase database) throws SQLException {
        database.execute("CREATE TABLE \"<b>users</b>\" (id text PRIMARY KEY, email text NOT NULL, name text)", """
                INSERT INTO "<b>users</b>"
                SELECT 'CANARY-key-' || g, 'CANARY-' || g || '@example.com', CASE WHEN g % 2 = 0 THEN 'CANARY-name-' || g END
                  FROM generate_series(1, 60) g""");
        life = Life.of(database, TABLES);
    }

    /** Without the places where a line may break. */
    private String text(String file) throws IOException {
        return Files.readString(Path.of(file)).replace("<wbr>", "");
    }

    @Test
    void tellsOfAFinishedLifeWithoutAnyValue() throws IOException {
        life.sealway().backup(Selection.ALL, directory.resolve("backups"));
        life.toContracted();
        life.sealway().evidence(Selection.ALL);
        CertificateReport report = life.sealway().certificate(directory);
        assertThat(report.open()).isEmpty();
        assertThat(report.signed()).isTrue();
        String page = text(report.page());
        assertThat(page)
                .contains(
                        "<h1>Certificate of encryption</h1>",
                        "&lt;b&gt;users&lt;/b&gt;",
                        "encrypted, plaintext dropped")
                .contains("1 of 1 chunks equal", "drop.confirmed", "data/default", report.sha256())
                .doesNotContain("<b>users", "CANARY");
        assertThat(text(report.document())).doesNotContain("CANARY").contains("\"complete\": true", "\"nulls\": 30");
        assertThat(life.sealway().checkCertificate(Path.of(report.document())))
                .isEqualTo(new CertificateCheck(report.document(), report.sha256(), true, true, true));
    }

    @Test
    void refersToNothingOutsideOfItself() throws IOException {
        life.toVerified();
        String page = text(life.sealway().certificate(directory).page());
        assertThat(page).doesNotContainPattern("(?i)(src|href|url)\\s*[=(]|<script|@import|http[s]?://");
    }

    @Test
    void saysWhatIsOpen() throws IOException {
        life.expand();
        CertificateReport report = life.sealway().certificate(directory);
        assertThat(report.open())
                .contains(
                        "column public.<b>users</b>.email is expanded: its plaintext is still there",
                        "column public.<b>users</b>.email has no evidence");
        assertThat(text(report.page())).contains("<h1>Interim report on encryption</h1>", "email is expanded");
    }

    @Test
    void refusesAnAlteredDocument() throws IOException {
        life.toContracted();
        CertificateReport report = life.sealway().certificate(directory);
        Path altered = Files.writeString(
                directory.resolve("altered.json"), text(report.document()).replace("\"rows\": 60", "\"rows\": 61"));
        CertificateCheck check = life.sealway().checkCertificate(altered);
        assertThat(check.whole()).isFalse();
        assertThat(check.signed()).isFalse();
        Path reformatted = Files.writeString(
                directory.resolve("reformatted.json"), Json.compact(Json.parse(text(report.document()))));
        assertThat(life.sealway().checkCertificate(reformatted).passed()).isTrue();
    }

    @Test
    @SuppressWarnings("unchecked")
    void refusesADocumentThatWasHashedAnew() throws IOException {
        life.toContracted();
        CertificateReport report = life.sealway().certificate(directory);
        Map<String, Object> document = new HashMap<>((Map<String, Object>) Json.parse(text(report.document())));
        Map<String, Object> signature = new HashMap<>((Map<String, Object>) document.get("signature"));
        document.put("signature", signature);
        for (String mac : List.of("", "zz", "00", "0".repeat(74))) {
            signature.put("mac", mac);
            Path forged = Files.writeString(directory.resolve("forged.json"), Json.compact(document));
            assertThat(life.sealway().checkCertificate(forged).passed()).as(mac).isFalse();
        }
        Path rubbish = Files.writeString(directory.resolve("rubbish.json"), "{\"certificate\": 1}");
        assertThatThrownBy(() -> life.sealway().checkCertificate(rubbish))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("rubbish.json is not a certificate");
    }

    @Test
    void overwritesNothing() throws IOException {
        life.expand();
        Path page = directory.resolve("filed.html");
        Files.writeString(page, "kept");
        assertThatThrownBy(() -> life.sealway().certificate(page)).hasMessageContaining("overwrites nothing");
        assertThat(directory.resolve("filed.json")).doesNotExist();
        assertThat(page).hasContent("kept");
    }

    @Test
    void showsABrokenTrail(TestDatabase database) throws SQLException {
        life.toContracted();
        database.execute(
                "ALTER TABLE sealway.audit DISABLE TRIGGER ALL",
                "DELETE FROM sealway.audit WHERE event = 'drop.confirmed'");
        assertThat(life.sealway().certificate(directory).open())
                .singleElement()
                .asString()
                .startsWith("the audit trail is not what was written: entry ");
    }

    @Test
    void refusesWhereNothingWasDone() {
        assertThatThrownBy(() -> life.sealway().certificate(directory))
                .hasMessage("no column of plan test is registered in this database; run 'sealway expand' first");
    }
}
