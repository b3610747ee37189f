package dev.sealway.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.plan.ChangeChecksum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link ChangeChecksum} as people meet it: over plans in YAML. */
class PlanChecksumTest {

    private static final String PLAN = """
            sealway: 1
            name: alphapulse
            keys: { provider: env, ref: SEALWAY_KEYS }
            tables:
              public.users:
                columns:
                  email: { search: { normalizer: email, unique: carry } }
                  gender: { pad: 32, search: { normalizer: exact, accept-leakage: reports group by it } }
              public.orders:
                where: paid
                columns:
                  iban: {}
            """;

    /** It stands in the schema history of databases: whatever changes this number breaks their validation. */
    @Test
    void isFrozen() {
        assertThat(of(PLAN, 1)).isEqualTo(-1494934079);
    }

    @Test
    void ignoresCommentsOrderAndLayout() {
        assertThat(of("""
                # The same, written by somebody else.
                name: "alphapulse"
                sealway: 1
                tables:
                  '"public"."orders"': { columns: { iban: }, where: "paid" }
                  public.users:
                    bind: column
                    change: 1
                    columns:
                      gender:
                        search: { accept-leakage: reports group by it, normalizer: exact }
                        pad: 32   # a handful of values
                      email: { search: { unique: carry, normalizer: email } }
                keys: { ref: SEALWAY_KEYS, provider: env }
                """, 1)).isEqualTo(of(PLAN, 1));
    }

    @Test
    void ignoresWhatDoesNotShapeTheOutcome() {
        String other = PLAN.replace("provider: env, ref: SEALWAY_KEYS", "provider: file, ref: /run/keys.json")
                .replace("tables:", "defaults: { batch-size: 10 }\ntables:")
                .replace("name: alphapulse", "name: betapulse")
                .replace("reports group by it", "the board accepts it")
                .replace("where: paid", "where: paid\n    dispositions: { trigger orders_history: accept }")
                .replace("iban: {}", "iban: { encoding: pgtext/1 (unverified) }");

        assertThat(of(other, 1)).isEqualTo(of(PLAN, 1));
    }

    @Test
    void ignoresWhatIsSaidAlthoughItIsTheDefault() {
        String other = PLAN.replace("iban: {}", "iban: { context: public.orders.iban, keyset: data/default }")
                .replace("unique: carry", "unique: carry, context: public.users.email");

        assertThat(of(other, 1)).isEqualTo(of(PLAN, 1));
    }

    @Test
    void staysAsThePlanGrows() {
        String grown = PLAN + """
                      bic: { change: 2 }
                  public.notes: { change: 2, columns: { body: {}, title: { change: 3 } } }
                """;

        assertThat(of(grown, 1)).isEqualTo(of(PLAN, 1));
        assertThat(of(grown, 2)).isNotEqualTo(of(PLAN, 1)).isNotEqualTo(of(grown, 3));
        assertThat(of(grown.replace("body: {}", "body: { pad: 64 }"), 3)).isEqualTo(of(grown, 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "iban: {} | iban: { pad: 32 }",
                "iban: {} | iban: { pad: 0 }",
                "iban: {} | iban: { keyset: data/eu }",
                "iban: {} | iban: { context: iban }",
                "iban: {} | bic: {}",
                "iban: {} | iban: { change: 2 }",
                "iban: {} | iban: { search: { normalizer: exact } }",
                "where: paid | where: NOT paid",
                "where: paid | bind: row",
                "public.orders | shop.orders",
                "public.orders | public.order",
                ", unique: carry | , bits: 32",
                "unique: carry | unique: carry, context: pii",
                "normalizer: email | normalizer: trim",
                "pad: 32 | pad: 64",
                "tables: | `defaults: { keyset: data/eu }\ntables:`",
            })
    void changesWithWhatShapesTheOutcome(String said, String instead) {
        assertThat(PLAN).contains(said);
        assertThat(of(PLAN.replace(said, instead), 1)).isNotEqualTo(of(PLAN, 1));
    }

    private static final String TRANSIT = """
            sealway: 1
            name: shop
            ciphers:
              transit: { kind: vault-transit, key: shop }
            tables:
              public.guests:
                mode: in-place
                cipher: transit
                columns: { name: {} }
            """;

    /** As {@link #isFrozen}. */
    @Test
    void isFrozenInPlaceToo() {
        assertThat(of(TRANSIT, 1)).isEqualTo(471342557);
    }

    @Test
    void ignoresHowVaultIsReachedAndWhatACipherIsCalled() {
        String other = TRANSIT.replace("key: shop", "key: shop, mount: transit, in-flight: 5, namespace: n")
                .replace("transit:", "vault:")
                .replace("cipher: transit", "already-encrypted: accept")
                .replace(
                        "tables:",
                        "defaults: { cipher: vault, keyset: data/eu }\nkeys: { provider: env, ref: K }\ntables:");

        assertThat(of(other, 1)).isEqualTo(of(TRANSIT, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode: in-place | mode: expand",
                "'cipher: transit' | 'cipher: transit\n    bind: none'",
                "'cipher: transit' | 'cipher: transit\n    bind: row'",
                "'key: shop' | 'key: shops'",
                "', key: shop' | ''",
                "'key: shop' | 'key: shop, mount: transit2'",
            })
    void changesWithWhatSealsATableInPlace(String said, String instead) {
        assertThat(TRANSIT).contains(said);
        assertThat(of(TRANSIT.replace(said, instead), 1)).isNotEqualTo(of(TRANSIT, 1));
    }

    @Test
    void changesWithTheCipherOfAColumnBesideThePlaintext() {
        String expand = TRANSIT.replace("mode: in-place", "mode: expand");
        String tink = PLAN.replaceAll("(?s)tables:.*", "tables: { public.guests: { columns: { name: {} } } }");

        assertThat(of(expand, 1)).isNotEqualTo(of(tink, 1));
    }

    @Test
    void refusesAChangeThatThePlanDoesNotHave() {
        assertThatThrownBy(() -> of(PLAN, 2))
                .isInstanceOf(SealwayException.class)
                .hasMessage("the plan alphapulse has no change 2; it has [1]");
    }

    private static int of(String plan, int change) {
        return ChangeChecksum.of(PlanReader.read(plan, "plan.yaml"), change);
    }
}
