package dev.sealway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What users of the library can name: the types of the packages that are theirs, and every type that these return or take.
 * A change of it is meant, and reviewed: {@code make docs} writes it down again.
 */
class ApiTest {
    private static final Path SIGNATURES = Path.of("src/test/resources/dev/sealway/architecture/api.txt");
    private static final Path SOURCES = Path.of("src/main/java");

    /** The packages that are users' own. */
    private static final List<String> PACKAGES = List.of(
            "dev.sealway",
            "dev.sealway.application",
            "dev.sealway.error",
            "dev.sealway.flyway",
            "dev.sealway.jpa",
            "dev.sealway.liquibase",
            "dev.sealway.maven",
            "dev.sealway.plan");

    private static List<Class<?>> api;

    @BeforeAll
    static void collect() throws IOException {
        var found = new TreeSet<Class<?>>(Comparator.comparing(Class::getName));
        var open = new ArrayDeque<Class<?>>();
        for (var name : PACKAGES) {
            open.addAll(publicTypes(name));
        }
        while (!open.isEmpty()) {
            var type = open.remove();
            if (type.getName().startsWith("dev.sealway.") && found.add(type)) {
                ApiSignatures.named(type).forEach(open::add);
            }
        }
        api = List.copyOf(found);
    }

    /** Those of one package; what they enclose is named by them. */
    private static List<? extends Class<?>> publicTypes(String name) throws IOException {
        try (Stream<Path> files = Files.list(SOURCES.resolve(name.replace('.', '/')))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".java") && !file.equals("package-info.java"))
                    .map(file -> loaded(name + "." + file.replace(".java", "")))
                    .filter(type -> Modifier.isPublic(type.getModifiers()))
                    .toList();
        }
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name, false, ApiTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void isWhatWasReviewed() throws IOException {
        var lines = api.stream()
                .flatMap(type -> ApiSignatures.of(type).stream())
                .collect(Collectors.joining("\n", "", "\n"));
        if (Boolean.getBoolean("docs.update")) {
            Files.createDirectories(SIGNATURES.getParent());
            Files.writeString(SIGNATURES, lines);
        }
        assertThat(lines)
                .as("the public API changed; if that is meant, write it down with 'make docs'")
                .isEqualTo(Files.readString(SIGNATURES));
    }

    @Test
    void isNullMarked() {
        assertThat(api).allSatisfy(type -> assertThat(type.getPackage().isAnnotationPresent(NullMarked.class))
                .as(type.getName())
                .isTrue());
    }

    @Test
    void isDocumented() {
        assertThat(api.stream().filter(type -> !isDocumented(type)).map(Class::getName))
                .isEmpty();
    }

    /** Whether the last comment before the declaration belongs to it: only annotations stand between. */
    private static boolean isDocumented(Class<?> type) {
        var declaration = Pattern.compile("(?m)^ *(?:(?:public|protected|static|final|abstract|sealed|non-sealed) +)*"
                        + "(?:class|record|interface|enum|@interface) " + type.getSimpleName() + "\\b")
                .matcher(source(type));
        if (!declaration.find()) {
            return false;
        }
        var before = source(type).substring(0, declaration.start()).stripTrailing();
        return before.replaceAll("(?s)(\\s*@\\w+(\\([^()]*\\))?)+$", "")
                .stripTrailing()
                .endsWith("*/");
    }

    private static String source(Class<?> type) {
        var file = SOURCES.resolve(type.getName().replaceAll("\\$.*", "").replace('.', '/') + ".java");
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException("%s has no source %s".formatted(type, file), e);
        }
    }

    @Test
    void bringsOnlyTheLibrariesThatEverybodyNeeds() throws IOException {
        var declared = Pattern.compile("(?s)<dependency>(.*?)</dependency>")
                .matcher(Files.readString(Path.of("pom.xml"))
                        .replaceAll(
                                "(?s)<dependencyManagement>.*?</dependencyManagement>|<build>.*|<exclusions>.*?</exclusions>",
                                ""))
                .results()
                .map(found -> found.group(1))
                .filter(text -> !text.contains("<optional>true")
                        && !text.contains("<scope>test")
                        && !text.contains("<scope>provided"))
                .map(text ->
                        text.replaceAll("(?s).*<groupId>(.*?)</groupId>.*<artifactId>(.*?)</artifactId>.*", "$1:$2"));
        assertThat(declared)
                .containsExactlyInAnyOrder(
                        "com.google.code.gson:gson",
                        "com.google.crypto.tink:tink",
                        "org.jspecify:jspecify",
                        "org.postgresql:postgresql",
                        "org.slf4j:slf4j-api",
                        "org.snakeyaml:snakeyaml-engine");
    }
}
