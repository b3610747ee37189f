package dev.sealway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** Holds the hand-written descriptor of the Maven plugin to the annotations of its goals. */
class PluginDescriptorTest {
    private static final String ANNOTATIONS = "org.apache.maven.plugins.annotations.";
    private static final Path DESCRIPTOR = Path.of("src/main/plugin/plugin.xml");

    @Test
    void describesEveryGoalWithItsParameters() throws Exception {
        assertThat(described())
                .as("%s must say what @Mojo and @Parameter say", DESCRIPTOR)
                .isEqualTo(annotated());
    }

    private static TreeMap<String, List<String>> annotated() {
        var goals = new TreeMap<String, List<String>>();
        var room = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("dev.sealway.maven");
        for (var type : room) {
            type.tryGetAnnotationOfType(ANNOTATIONS + "Mojo")
                    .ifPresent(mojo -> goals.put(text(mojo, "name"), facts(type, mojo)));
        }
        return goals;
    }

    private static List<String> facts(JavaClass type, JavaAnnotation<?> mojo) {
        var parameters = new TreeSet<String>();
        for (var field : type.getAllFields()) {
            field.tryGetAnnotationOfType(ANNOTATIONS + "Parameter")
                    .ifPresent(parameter -> parameters.add(fact(field, parameter)));
        }
        for (var field : type.getAllFields()) {
            field.tryGetAnnotationOfType(ANNOTATIONS + "Component")
                    .ifPresent(component ->
                            parameters.add(required(field.getRawType().getName(), field.getName())));
        }
        return facts(type.getName(), text(mojo, "requiresProject"), phase(mojo), parameters);
    }

    /** As a POM names it: {@code verify}; empty if a goal is bound to none. */
    private static String phase(JavaAnnotation<?> mojo) {
        var phase = mojo.get("defaultPhase")
                .map(value -> ((JavaEnumConstant) value)
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-'))
                .orElse("");
        return phase.equals("none") ? "" : phase;
    }

    private static String required(String role, String field) {
        return "requires %s as %s".formatted(role, field);
    }

    private static String fact(JavaField field, JavaAnnotation<?> parameter) {
        var property = text(parameter, "property");
        return fact(
                field.getName(),
                field.getRawType().getName(),
                text(parameter, "required"),
                property.isEmpty() ? "" : "${%s}".formatted(property),
                text(parameter, "defaultValue"));
    }

    private static TreeMap<String, List<String>> described() throws Exception {
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(DESCRIPTOR.toFile());
        var goals = new TreeMap<String, List<String>>();
        elements(document.getDocumentElement(), "mojo").forEach(mojo -> {
            var parameters = new TreeSet<String>();
            elements(mojo, "parameter").forEach(parameter -> parameters.add(fact(mojo, parameter)));
            elements(mojo, "requirement")
                    .forEach(r -> parameters.add(required(child(r, "role"), child(r, "field-name"))));
            goals.put(
                    child(mojo, "goal"),
                    facts(
                            child(mojo, "implementation"),
                            child(mojo, "requiresProject"),
                            child(mojo, "phase"),
                            parameters));
        });
        return goals;
    }

    /** The value's expression and default stand in the goal's configuration, as Maven reads them there. */
    private static String fact(Element mojo, Element parameter) {
        var name = child(parameter, "name");
        var value = elements(mojo, "configuration")
                .flatMap(configuration -> elements(configuration, name))
                .findFirst();
        return fact(
                name,
                child(parameter, "type"),
                child(parameter, "required"),
                unescaped(value.map(Element::getTextContent).orElse("")),
                unescaped(value.map(element -> element.getAttribute("default-value"))
                        .orElse("")));
    }

    private static List<String> facts(
            String implementation, String requiresProject, String phase, TreeSet<String> parameters) {
        return Stream.concat(
                        Stream.of(implementation, "requiresProject=" + requiresProject, "phase=" + phase),
                        parameters.stream())
                .toList();
    }

    private static String fact(String name, String type, String required, String expression, String defaultValue) {
        return "%s %s required=%s %s default=%s".formatted(type, name, required, expression, defaultValue);
    }

    /** The descriptor is a filtered resource, so an expression that Maven shall see later is escaped there. */
    private static String unescaped(String text) {
        return text.replace("\\${", "${");
    }

    private static String text(JavaAnnotation<?> annotation, String property) {
        return annotation.get(property).map(Object::toString).orElse("");
    }

    private static Stream<Element> elements(Element parent, String name) {
        var nodes = parent.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength()).mapToObj(index -> (Element) nodes.item(index));
    }

    private static String child(Element parent, String name) {
        return elements(parent, name)
                .filter(element -> element.getParentNode().equals(parent))
                .map(Element::getTextContent)
                .findFirst()
                .orElse("");
    }
}
