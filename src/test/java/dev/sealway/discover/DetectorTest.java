package dev.sealway.discover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.search.Normalizer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectorTest {

    @ParameterizedTest
    @CsvSource({
        "dob, birth_date",
        "DateOfBirth, birth_date",
        "GEBDATUM, birth_date",
        "fname, person_name",
        "custLastName, person_name",
        "tel, phone",
        "tel_nr, phone",
        "mobile2, phone",
        "emailAddress, email",
        "E_MAIL, email",
        "plz, address",
        "zipCode, address",
        "shipping_street, address",
        "ssn, national_id",
        "nationalId, national_id",
        "passportNo, identity_document",
        "USTID, tax_id",
        "kontonummer, bank_account",
        "religion, special_category",
        "diagnosis, health",
        "api_key, secret",
        "clientSecret, secret",
        "password_hash, password_hash",
        "last_login_ip, ip_address",
        "mac_addr, mac_address",
        "username, online_id",
        "cep_telefonu, phone",
        "prénom, person_name",
        "straße, address",
        "adı_soyadı, person_name",
    })
    void readsNamesInManyStylesAndLanguages(String name, String kind) {
        assertThat(look("t", name, kind.equals("birth_date") ? ValueType.DATE : ValueType.TEXT)
                        .map(f -> f.kind().id())
                        .orElse("none"))
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "email_verified",
        "email_sent_at",
        "email_template",
        "phone_type",
        "address_id",
        "name",
        "product_name",
        "file_name",
        "hostname",
        "created_at",
        "customer_id",
        "card_type",
        "card_last4",
        "ip_version",
        "token_count",
        "password_reset_at",
        "gender_id",
        "state",
        "country",
        "description",
        "title",
        "version",
        "checksum",
        "uuid",
        "status",
        "order_number",
        "health_check_url",
        "is_email_confirmed",
        "currency",
        "latency",
        "platform",
        "capital",
        "telemetry",
        "animal",
        "addressable_type",
        "phonetic_index",
        "gendered",
        "emailing_list_size"
    })
    void findsNothingInWhatIsOnlyCalledAlike(String name) {
        assertThat(look("things", name, ValueType.TEXT).filter(f -> f.confidence() >= Detector.LIKELY))
                .isEmpty();
    }

    @Test
    void isNotFooledByNumbersThatPassASumByChance() {
        var orders = IntStream.range(0, 500).mapToObj(i -> Long.toString(4_000_000_000_000_000L + i * 7_777L));

        assertThat(Detector.look(facts("orders", "reference", ValueType.TEXT, orders)))
                .isEmpty();
    }

    @Test
    void wantsMoreThanAHandfulOfNumbersThatAreCalledNothing() {
        assertThat(Detector.look(facts("t", "c", ValueType.TEXT, Stream.of("11144477735", "52998224725"))))
                .isEmpty();
    }

    @Test
    void believesValuesMoreThanNames() {
        var finding =
                Detector.look(facts("t", "phone", ValueType.TEXT, emails())).orElseThrow();

        assertThat(finding.kind()).isEqualTo(Kind.EMAIL);
        assertThat(finding.reason()).isEqualTo("100 % of 40 sampled values are e-mail addresses");
    }

    @Test
    void takesANameBackWhenNoValueFits() {
        var colours = facts("t", "iban", ValueType.TEXT, Collections.nCopies(40, "not yet known").stream());

        assertThat(Detector.look(colours)).isEmpty();
    }

    @Test
    void readsComments() {
        var facts =
                new ColumnFacts("t", "c7", ValueType.TEXT, Optional.of("Date of birth or e-mail address"), Sample.NONE);

        assertThat(Detector.look(facts).orElseThrow().reason()).startsWith("its comment says e-mail address");
    }

    @Test
    void proposesTheNormaliserThatTakesWhatIsThere() {
        assertThat(phone("+49 30 1234567")).contains(Normalizer.E164_1);
        assertThat(phone("030 1234567")).contains(Normalizer.DIGITS_1);
        assertThat(Detector.look(facts("t", "first_name", ValueType.TEXT, Stream.of("Ada")))
                        .orElseThrow()
                        .normalizer())
                .isEmpty();
    }

    @Test
    void looksIntoDocuments() {
        var documents = IntStream.range(0, 40)
                .mapToObj(i -> "{\"customer\":{\"name\":\"Ada\",\"tags\":[{\"mail\":\"a%d@example.org\"}]},\"n\":1}"
                        .formatted(i));

        var finding = Detector.look(facts("orders", "payload", ValueType.JSON, documents))
                .orElseThrow();

        assertThat(finding.kind()).isEqualTo(Kind.EMAIL);
        assertThat(finding.reason())
                .startsWith("key customer.tags.mail: ")
                .endsWith("; keys that look like personal data in all: 2");
    }

    /** A map by person has persons for keys. */
    @Test
    void showsNoKeyThatMayBeAValue() {
        var documents = IntStream.range(0, 40)
                .mapToObj(i ->
                        "{\"CANARY%d\":{\"email\":\"CANARY%d@example.org\"},\"CANARY%d@example.org\":\"+49 30 1234567\"}"
                                .formatted(i, i, i));

        var finding = Detector.look(facts("t", "by_person", ValueType.JSON, documents))
                .orElseThrow();

        assertThat(finding.reason()).startsWith("a key: ").doesNotContain("CANARY");
    }

    @Test
    void passesOverDocumentsThatAreNone() {
        assertThat(Detector.look(facts("t", "payload", ValueType.JSON, Stream.of("{\"email\":", "[]", "7", "null"))))
                .isEmpty();
    }

    @Test
    void looksIntoArrays() {
        var arrays = emails().map(e -> "{%s,\"%s\"}".formatted(e, e));

        assertThat(Detector.look(facts("t", "c", ValueType.TEXT, arrays))
                        .orElseThrow()
                        .kind())
                .isEqualTo(Kind.EMAIL);
    }

    @Test
    void tellsAPasswordHashAsSuch() {
        var hashes = IntStream.range(0, 40).mapToObj(i -> "$2a$10$" + "abcdefghij".repeat(5) + (100 + i));

        var finding = Detector.look(facts("users", "password", ValueType.TEXT, hashes))
                .orElseThrow();

        assertThat(finding.kind()).isEqualTo(Kind.PASSWORD_HASH);
        assertThat(finding.kind().isToBeSealed()).isFalse();
    }

    @Test
    void tellsNothingOfTheValues() {
        var sample = Sample.of(List.of("CANARY@example.org"));

        assertThat(new ColumnFacts("t", "c", ValueType.TEXT, Optional.empty(), sample).toString())
                .doesNotContain("CANARY");
    }

    private static Optional<Normalizer> phone(String value) {
        return Detector.look(facts("t", "phone", ValueType.TEXT, Stream.of(value)))
                .orElseThrow()
                .normalizer();
    }

    private static Stream<String> emails() {
        return IntStream.range(0, 40).mapToObj("a%d@example.org"::formatted);
    }

    private static Optional<Finding> look(String table, String name, ValueType type) {
        return Detector.look(facts(table, name, type, Stream.of()));
    }

    private static ColumnFacts facts(String table, String name, ValueType type, Stream<String> values) {
        return new ColumnFacts(table, name, type, Optional.empty(), Sample.of(values.toList()));
    }
}
