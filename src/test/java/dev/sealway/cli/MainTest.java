package dev.sealway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @Test
    void saysItsVersion() {
        assertThat(Typed.of("--version")).isEqualTo(new Typed(0, "sealway (not run from its jar)\n", ""));
    }

    @Test
    void helpsWithEveryVerb() {
        var help = Typed.of("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("expand, add-columns", "3 refused by a gate", "sealway demo");
        assertThat(Typed.of("help", "verify").out())
                .startsWith("Usage: sealway verify")
                .contains("Examples:");
    }

    @Test
    void takesTheWordsOfTheGuideToo() {
        for (var alias : new String[] {"add-columns", "migrate-data", "create-views", "drop-unencrypted"}) {
            assertThat(Typed.of(alias, "--help").code()).as(alias).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "explode",
                "expand --colour",
                "backfill --batch-size 0",
                "backfill --batch-size many",
                "status --watch 0",
                "status --watch --json",
                "keygen",
                "keygen --out a --stdout",
                "db",
                "db start --port web",
                "demo --rows 3",
                "demo --user ada",
                "demo --password-file secret",
                "rollback --rows 100",
                "rollback --rows 100 --dry-run",
                "rollback --rehearse --workers 2",
            })
    void refusesWhatItDoesNotUnderstandWithExitCode2(String line) {
        var typed = Typed.of(line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).startsWith("error: ").contains("--help").doesNotContain("Exception");
    }

    @Test
    void refusesARateOfNothing() {
        var typed = Typed.of("backfill", "--rows-per-second", "0");
        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("--rows-per-second wants a whole number, 1 or more");
    }

    @Test
    void asksForADatabase() {
        var typed = Typed.of("status");
        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("no database is named; give --url");
    }

    @Test
    void namesAPlanThatIsMissing() {
        var typed = Typed.of("status", "--plan", "no/such/plan.yaml", "--url", "postgresql://localhost/x");
        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("no/such/plan.yaml");
    }

    @Test
    void neverEchoesThePasswordOfAMisplacedUrl() {
        for (var misplaced : new String[] {
            "postgresql://ada:s3cr3t@localhost/app",
            "--ulr=jdbc:postgresql://ada:s3c@r3t/s3cr3t@localhost/app",
            "jdbc:postgresql://localhost/app?user=ada&password=s3cr3t"
        }) {
            var typed = Typed.of("status", misplaced);
            assertThat(typed.code()).isEqualTo(2);
            assertThat(typed.err()).contains("localhost/app").doesNotContain("s3cr3t");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status --password s3cr3t",
                "status --token s3cr3t",
                "status --password=s3cr3t",
                "status --pasword s3cr3t --token=s3cr3t",
                "status s3cr3t",
                "status -ps3cr3t",
                "status -p:s3cr3t",
                "status --token:s3cr3t",
                "keys --password s3cr3t",
                "--password s3cr3t status",
                "keygen --stdout --password s3cr3t",
            })
    void neverEchoesASecretThatNobodyAskedFor(String line) {
        var typed = Typed.of(line.split(" "));
        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.out() + typed.err()).contains("error: ").doesNotContain("s3cr3t");
    }

    @Test
    void namesTheOptionsThatItDoesNotKnow() {
        assertThat(Typed.of("status", "--pasword", "s3cr3t", "--token=s3cr3t").err())
                .contains(
                        "'sealway status' does not know --pasword, --token, and has 1 argument too many",
                        "Possible solutions: --password-file");
        assertThat(Typed.of("status", "s3cr3t").err()).contains("'sealway status' has 1 argument too many");
        assertThat(Typed.of("contrakt", "s3cr3t").err())
                .contains("'sealway' does not know contrakt, and has 1", "Did you mean: sealway contract")
                .doesNotContain("s3cr3t");
    }

    @Test
    void neverEchoesThePasswordOfAUrl() {
        for (var url : new String[] {
            "postgresql://ada:s3cr3t@localhost:1/app",
            "postgresql://ada:s3cr3t@bad:port/app",
            "mysql://ada:s3cr3t@host/app"
        }) {
            var typed = Typed.of("status", "--url", url);
            assertThat(typed.code()).as(url).isIn(1, 2);
            assertThat(typed.err()).startsWith("error: ").doesNotContain("s3cr3t");
        }
    }

    @Test
    void takesTheDatabaseFromTheEnvironment() {
        var typed = Typed.with(Map.of("PGHOST", "127.0.0.1", "PGPORT", "1", "PGDATABASE", "app"), "status");
        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err()).contains("the connection to the database was lost or refused");
    }

    @Test
    void tellsAnErrorAsADocumentToo() {
        var typed = Typed.of("status", "--json", "--plan", "no/such/plan.yaml", "--url", "postgresql://localhost/x");
        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).startsWith("error: ");
        assertThat(Json.parse(typed.out())).isInstanceOfSatisfying(Map.class, document -> assertThat(document)
                .containsEntry("outcome", "wrong_usage")
                .containsKey("error"));
    }

    @Test
    void tellsOfAnUnexpectedExceptionOnlyItsClassAndOurPlace() {
        var words = Mishaps.words(new IllegalStateException("CANARY-4711"));
        assertThat(words)
                .contains("java.lang.IllegalStateException at dev.sealway.cli.MainTest.")
                .doesNotContain("CANARY");
    }
}
