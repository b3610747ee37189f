package dev.sealway.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.GsonBuilder;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.GsonNode;
import dev.sealway.plan.Disposition;
import dev.sealway.plan.PlanFault;
import dev.sealway.plan.PlanRefusedException;
import dev.sealway.planfile.Corpus.ExpectedFault;
import dev.sealway.search.Normalizer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

class PlanCorpusTest {

    private static final Path SCHEMA = Path.of("src/main/resources/dev/sealway/planfile/plan.schema.json");

    @ParameterizedTest
    @MethodSource("accepted")
    void readsWhatIsAccepted(Path plan) {
        assertThatCode(() -> PlanReader.read(plan)).doesNotThrowAnyException();
        assertThat(schemaErrors(plan)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWithEveryFaultAndItsLine(Path plan) {
        var refused = catchThrowableOfType(PlanRefusedException.class, () -> PlanReader.read(plan));

        assertThat(refused).isNotNull().hasNoCause();
        List<ExpectedFault> expected = Corpus.faults(plan);
        assertThat(refused.faults().stream()
                        .filter(fault -> expected.stream().noneMatch(e -> e.matches(fault.line(), text(fault)))))
                .as("faults that the comments do not announce")
                .isEmpty();
        assertThat(expected.stream().filter(e -> refused.faults().stream()
                        .noneMatch(fault -> e.matches(fault.line(), text(fault)))))
                .as("faults that were not found")
                .isEmpty();
        assertThat(refused.faults()).hasSameSizeAs(expected);
    }

    @ParameterizedTest
    @MethodSource("refusedBySchema")
    void agreesWithTheSchema(Path plan) {
        assertThat(schemaErrors(plan)).isNotEmpty();
    }

    @Test
    void knowsTheSameKindsOfObjectsAsTheSchema() {
        assertThat(Corpus.text(SCHEMA)).contains("^(" + String.join("|", Disposition.KINDS) + ") ");
    }

    @Test
    void knowsTheNormalizersThatThereAre() {
        assertThat(SearchReader.NORMALIZERS)
                .containsExactlyElementsOf(bareNames(Stream.of(Normalizer.values())))
                .allSatisfy(name -> assertThat(Normalizer.parse(name).id()).isEqualTo(name + "/1"));
        assertThat(SearchReader.PARTIAL)
                .containsExactlyElementsOf(
                        bareNames(Stream.of(Normalizer.values()).filter(Normalizer::isPartial)));
        assertThat(Corpus.text(SCHEMA))
                .contains("^(" + String.join("|", SearchReader.NORMALIZERS) + ")(/1)?$")
                .contains("^(" + String.join("|", SearchReader.PARTIAL) + ")");
    }

    private static List<String> bareNames(Stream<Normalizer> normalizers) {
        return normalizers
                .map(n -> n.id().substring(0, n.id().indexOf('/')))
                .distinct()
                .toList();
    }

    static Stream<Path> accepted() {
        return Stream.concat(Corpus.ACCEPTED.plans().stream(), Stream.of(Path.of("db/sealway.yaml")));
    }

    static Stream<Path> refused() {
        return Stream.of(Corpus.REFUSED, Corpus.REFUSED_BY_THE_READER_ALONE).flatMap(c -> c.plans().stream());
    }

    static Stream<Path> refusedBySchema() {
        return Corpus.REFUSED.plans().stream();
    }

    private static String text(PlanFault fault) {
        return fault.place().isEmpty() ? fault.message() : fault.place() + ": " + fault.message();
    }

    private static List<String> schemaErrors(Path plan) {
        Validator validator = new ValidatorFactory()
                .withJsonNodeFactory(new GsonNode.Factory())
                .createValidator();
        URI schema = validator.registerSchema(Corpus.text(SCHEMA));
        Object tree =
                new Load(LoadSettings.builder().setSchema(new CoreSchema()).build()).loadFromString(Corpus.text(plan));
        return validator
                .validate(schema, new GsonBuilder().serializeNulls().create().toJson(tree))
                .getErrors()
                .stream()
                .map(PlanCorpusTest::text)
                .toList();
    }

    private static String text(Error error) {
        return error.getInstanceLocation() + ": " + error.getError();
    }
}
