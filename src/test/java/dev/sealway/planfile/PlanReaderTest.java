package dev.sealway.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sealway.error.SealwayException;
import dev.sealway.error.SealwayException.Outcome;
import dev.sealway.plan.Binding;
import dev.sealway.plan.CipherSource;
import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.Disposition;
import dev.sealway.plan.Disposition.Action;
import dev.sealway.plan.KekSource;
import dev.sealway.plan.KeySource;
import dev.sealway.plan.Mode;
import dev.sealway.plan.Plan;
import dev.sealway.plan.PlanRefusedException;
import dev.sealway.plan.SearchPlan;
import dev.sealway.plan.TableName;
import dev.sealway.plan.TablePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanReaderTest {

    private static final Path EVERYTHING = Path.of("src/test/resources/dev/sealway/planfile/accepted/everything.yaml");

    @Test
    void readsEveryKey() {
        Plan plan = PlanReader.read(EVERYTHING);

        assertThat(plan.name()).isEqualTo("alphapulse-2_b");
        assertThat(plan.keys())
                .contains(new KeySource("file", "/run/secrets/sealway.keys.json", Map.of(), Optional.empty()));
        assertThat(plan.batchSize()).isEqualTo(100_000);
        assertThat(plan.keyset()).isEqualTo("data/eu");
        TablePlan users = plan.tables().get(0);
        assertThat(users.name()).isEqualTo(new TableName("public", "users"));
        assertThat(users.binding()).isEqualTo(Binding.ROW);
        assertThat(users.where()).contains("deleted_at IS NULL");
        assertThat(users.line()).isEqualTo(9);
        assertThat(users.columns().get(0))
                .isEqualTo(new ColumnPlan(
                        "email",
                        1,
                        16,
                        Optional.of(new SearchPlan(
                                "email/1",
                                true,
                                Optional.of("user_pii"),
                                OptionalInt.of(128),
                                Optional.of("reports group by it"))),
                        OptionalInt.of(0),
                        Optional.of("data/default"),
                        Optional.of("person.email"),
                        false));
        assertThat(users.columns().get(1).unverifiedType()).isTrue();
    }

    @Test
    void takesAColumnsChangeFromItsTable() {
        TablePlan users = PlanReader.read(EVERYTHING).tables().get(0);

        assertThat(users.columns()).extracting(ColumnPlan::change).containsExactly(1, 2, 2, 2, 2, 2, 2);
    }

    @Test
    void takesNamesAsTheyStand() {
        Plan plan = PlanReader.read(EVERYTHING);

        assertThat(plan.tables().get(0).columns())
                .extracting(ColumnPlan::name)
                .containsExactly("email", "location", "we\"ird", "a.b", "true", "x\"; DROP TABLE t;--", "Ünï");
        assertThat(plan.tables())
                .extracting(TablePlan::name)
                .containsExactly(
                        new TableName("public", "users"),
                        new TableName("we.ird", "a\"b"),
                        new TableName("public", "a.b"),
                        new TableName("Ünï", "we ird"));
    }

    @Test
    void readsDispositions() {
        assertThat(PlanReader.read(EVERYTHING).tables().get(0).dispositions())
                .hasSize(11)
                .containsEntry("index users_email_lower_idx", Disposition.of(Action.DROP))
                .containsEntry("trigger users_history", Disposition.of(Action.ACCEPT))
                .containsEntry("constraint users_email_check", Disposition.of(Action.KEEP))
                .containsEntry("view public.user_list", Disposition.replaceWith("public.users_sealed"));
    }

    @Test
    void fillsInTheDefaults() {
        Plan plan = PlanReader.read("""
                sealway: 1
                name: a
                keys: { provider: env, ref: K }
                tables: { public.users: { columns: { email: {} } } }
                """, "a plan");

        assertThat(plan.batchSize()).isEqualTo(10_000);
        assertThat(plan.keyset()).isEqualTo("data/default");
        assertThat(plan.tables().get(0).binding()).isEqualTo(Binding.COLUMN);
        assertThat(plan.tables().get(0).columns())
                .containsExactly(new ColumnPlan(
                        "email",
                        1,
                        4,
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false));
    }

    @Test
    void namesTheFileAndTheLine() {
        assertThatThrownBy(() -> PlanReader.read("""
                sealway: 1
                name: a
                keys: { provider: env, ref: K }
                tables:
                  public.users:
                    columns:
                      email: { search: { normalizer: mail } }
                """, "db/sealway.yaml"))
                .isInstanceOf(PlanRefusedException.class)
                .hasNoCause()
                .hasMessage("""
                        the plan db/sealway.yaml is refused for a fault, nothing was changed:
                          db/sealway.yaml:7: tables.public.users.columns.email.search.normalizer: \
                        unknown normaliser 'mail'; did you mean 'email'?""");
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatThrownBy(() -> PlanReader.read("# only a comment\n", "p"))
                .hasMessageContaining("p:1: is empty; a plan begins with 'sealway: 1'");
        assertThatThrownBy(() -> PlanReader.read("---\n", "p"))
                .hasMessageContaining("sealway: is missing")
                .hasMessageContaining("tables: is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "5", "hello", "- a\n- b", "sealway", "{", "'", "? ", "&a [*a]", "!!binary x", "%YAML 3"})
    void refusesWhatIsNoPlan(String text) {
        assertThatThrownBy(() -> PlanReader.read(text, "p"))
                .isInstanceOf(PlanRefusedException.class)
                .hasNoCause();
    }

    @Test
    void refusesDeepNestingAndHugeFiles() {
        assertThatThrownBy(() -> PlanReader.read("[".repeat(500_000), "p"))
                .isInstanceOf(PlanRefusedException.class)
                .hasMessageContaining("nested deeper than any plan");
        assertThatThrownBy(() -> PlanReader.read("# ".repeat(600_000), "p"))
                .isInstanceOf(PlanRefusedException.class)
                .hasMessageContaining("longer than 1000000 characters");
    }

    @Test
    void refusesCharactersThatYamlForbids() {
        assertThatThrownBy(() -> PlanReader.read("sealway: 1\nname: a\0b\n", "p"))
                .isInstanceOf(PlanRefusedException.class)
                .hasMessageContaining("p:2: holds a character that YAML does not allow (U+0000)");
    }

    @Test
    void skipsAByteOrderMark() {
        String text = "\uFEFF" + Corpus.text(EVERYTHING);

        assertThat(PlanReader.read(text, "p")).isEqualTo(PlanReader.read(EVERYTHING));
    }

    @Test
    void neverQuotesWhatStandsWhereAKeysPlaceBelongs() {
        var refused = catchThrowableOfType(PlanRefusedException.class, () -> PlanReader.read("""
                sealway: 1
                name: a
                keys: { provider: env, ref: "CANARY-4711" }
                tables: { public.users: { columns: { email: {} } } }
                """, "p"));

        assertThat(refused).hasMessageContaining("keys.ref").message().doesNotContain("CANARY");
    }

    @Test
    void neverQuotesASecretThatStandsInThePlan() {
        Path plan = Path.of("src/test/resources/dev/sealway/planfile/refused/secrets-in-the-plan.yaml");

        var refused = catchThrowableOfType(PlanRefusedException.class, () -> PlanReader.read(plan));

        assertThat(Corpus.text(plan)).contains("CANARY-1", "CANARY-8");
        assertThat(refused).hasNoCause().message().doesNotContain("CANARY");
    }

    @Test
    void readsCiphersAndTheTablesThatChooseThem() {
        Plan plan = PlanReader.read(accepted("transit-in-place"));

        assertThat(plan.keys()).isEmpty();
        assertThat(plan.ciphers()).hasSize(2).first().satisfies(cipher -> {
            assertThat(cipher.kind()).isEqualTo("vault-transit");
            assertThat(cipher.keyset()).contains("team/transit/pos-encryption-key");
            assertThat(cipher.settings())
                    .hasSize(12)
                    .containsEntry("request-bytes", "32000000")
                    .containsEntry("in-flight", "1")
                    .containsEntry("jwt-file", "/var/run/secrets/tokens/vault");
        });
        TablePlan orders = plan.tables().get(0);
        assertThat(orders.mode()).isEqualTo(Mode.IN_PLACE);
        assertThat(orders.binding()).isEqualTo(Binding.NONE);
        assertThat(orders.acceptEncrypted()).isTrue();
        assertThat(plan.cipherOf(orders)).contains(plan.ciphers().get(0));
        TablePlan users = plan.tables().get(1);
        assertThat(users.binding()).isEqualTo(Binding.ROW);
        assertThat(users.acceptEncrypted()).isFalse();
        assertThat(plan.cipherOf(users)).contains(plan.ciphers().get(1));
        assertThat(plan.tables().get(2).mode()).isEqualTo(Mode.EXPAND);
        assertThat(plan.cipherOf(plan.tables().get(2))).contains(plan.ciphers().get(0));
    }

    @Test
    void takesTheKeyOfTransitFromTheEnvironmentWhereThePlanNamesNone() {
        Plan plan = PlanReader.read(accepted("transit-in-place"));

        assertThat(plan.ciphers())
                .extracting(CipherSource::key)
                .containsExactly(Optional.of("pos-encryption-key"), Optional.empty());
        assertThat(plan.completed(Map.of("VAULT_TRANSIT_KEY", "shop")).ciphers())
                .extracting(c -> c.keyset().orElse(""))
                .containsExactly("team/transit/pos-encryption-key", "transit/shop");
        assertThat(plan.completed(Map.of("VAULT_TRANSIT_KEY", " "))).isEqualTo(plan);
    }

    @Test
    void readsWhereKeysLiveAndUnderWhichKey() {
        assertThat(PlanReader.read(accepted("aws")).keys())
                .contains(new KeySource(
                        "aws-secrets-manager",
                        "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/sealway-AbCdEf",
                        Map.of("region", "eu-central-1", "endpoint", "http://localhost:4566", "field", "bundle"),
                        Optional.of(new KekSource(
                                "aws-kms",
                                Map.of(
                                        "key", "alias/sealway",
                                        "region", "eu-central-1",
                                        "endpoint", "http://localhost:4566")))));
        KeySource vault =
                PlanReader.read(accepted("transit-beside-tink")).keys().orElseThrow();
        assertThat(vault.settings())
                .containsEntry("mount", "kv/eu")
                .containsEntry("auth", "approle")
                .doesNotContainKeys("provider", "ref", "kek");
        assertThat(vault.kek().orElseThrow().settings())
                .containsEntry("key", "kek.2")
                .containsEntry("plaintext-http", "accept")
                .doesNotContainKey("kind");
    }

    private static Path accepted(String name) {
        return EVERYTHING.resolveSibling(name + ".yaml");
    }

    @Test
    void refusesAFileThatCannotBeRead(@TempDir Path folder) throws IOException {
        Path latin1 = Files.write(folder.resolve("latin1.yaml"), new byte[] {'n', ':', ' ', (byte) 0xfc});

        assertThatThrownBy(() -> PlanReader.read(latin1)).hasMessageContaining("latin1.yaml: is not in UTF-8");
        assertThatThrownBy(() -> PlanReader.read(folder)).hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> PlanReader.read(folder.resolve("none.yaml")))
                .isInstanceOf(SealwayException.class)
                .hasNoCause()
                .hasMessageMatching("there is no plan file .*none\\.yaml; name one with --plan")
                .extracting(e -> ((SealwayException) e).outcome())
                .isEqualTo(Outcome.WRONG_USAGE);
    }
}
