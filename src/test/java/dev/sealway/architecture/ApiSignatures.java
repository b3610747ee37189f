package dev.sealway.architecture;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What users can name of a type, one line each: public and protected, without what every record or object has. */
final class ApiSignatures {
    private static final Set<String> EVERYWHERE = Set.of("equals", "hashCode", "toString", "values", "valueOf");

    private ApiSignatures() {}

    /** The type's own line, then those of its members, indented and sorted. */
    static List<String> of(Class<?> type) {
        var lines = new ArrayList<String>();
        lines.add(heading(type));
        members(type).sorted().distinct().map("    "::concat).forEach(lines::add);
        return lines;
    }

    /** Every type that the lines of {@code type} name. */
    static Stream<Class<?>> named(Class<?> type) {
        var methods = Stream.of(type.getDeclaredMethods()).filter(ApiSignatures::isOpen);
        var types = Stream.concat(
                methods.flatMap(m ->
                        Stream.concat(Stream.of(m.getGenericReturnType()), Stream.of(m.getGenericParameterTypes()))),
                Stream.of(type.getRecordComponents() == null ? new RecordComponent[0] : type.getRecordComponents())
                        .map(RecordComponent::getGenericType));
        var nested = Stream.of(type.getDeclaredClasses()).filter(c -> isOpen(c.getModifiers()));
        return Stream.concat(types.flatMap(ApiSignatures::classesIn), nested);
    }

    private static Stream<Class<?>> classesIn(Type type) {
        if (type instanceof Class<?> named) {
            return named.isArray() ? classesIn(named.getComponentType()) : Stream.of(named);
        }
        if (type instanceof java.lang.reflect.ParameterizedType generic) {
            return Stream.concat(
                    classesIn(generic.getRawType()),
                    Stream.of(generic.getActualTypeArguments()).flatMap(ApiSignatures::classesIn));
        }
        return Stream.empty();
    }

    private static String heading(Class<?> type) {
        var kind = type.isRecord() ? "record" : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
        var parents = Stream.concat(
                        Stream.ofNullable(type.getGenericSuperclass()), Stream.of(type.getGenericInterfaces()))
                .map(Type::getTypeName)
                .filter(name -> !name.matches("java\\.lang\\.(Object|Record|Enum<.*>)"))
                .map(ApiSignatures::shortened)
                .collect(Collectors.joining(", "));
        var components = type.isRecord()
                ? Stream.of(type.getRecordComponents())
                        .map(c -> shortened(c.getGenericType().getTypeName()) + " " + c.getName())
                        .collect(Collectors.joining(", ", "(", ")"))
                : "";
        return "%s %s%s%s".formatted(kind, type.getName(), components, parents.isEmpty() ? "" : " extends " + parents);
    }

    private static Stream<String> members(Class<?> type) {
        var fields = Stream.of(type.getDeclaredFields())
                .filter(f -> isOpen(f.getModifiers()) && !f.isSynthetic())
                .map(ApiSignatures::line);
        var constructors = type.isRecord() || type.isEnum()
                ? Stream.<String>empty()
                : Stream.of(type.getDeclaredConstructors())
                        .filter(c -> isOpen(c.getModifiers()))
                        .map(ApiSignatures::line);
        var methods = Stream.of(type.getDeclaredMethods())
                .filter(ApiSignatures::isOpen)
                .filter(m -> !EVERYWHERE.contains(m.getName()) && !isAccessor(type, m))
                .map(ApiSignatures::line);
        return Stream.of(fields, constructors, methods).flatMap(lines -> lines);
    }

    private static boolean isAccessor(Class<?> type, Method method) {
        return type.isRecord()
                && Stream.of(type.getRecordComponents())
                        .anyMatch(c -> c.getAccessor().equals(method));
    }

    private static boolean isOpen(Method method) {
        return isOpen(method.getModifiers()) && !method.isSynthetic() && !method.isBridge();
    }

    private static boolean isOpen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String line(Field field) {
        return field.isEnumConstant()
                ? field.getName()
                : "%s%s %s"
                        .formatted(
                                Modifier.isStatic(field.getModifiers()) ? "static " : "",
                                shortened(field.getGenericType().getTypeName()),
                                field.getName());
    }

    private static String line(Constructor<?> constructor) {
        return "new(%s)%s".formatted(parameters(constructor), thrown(constructor));
    }

    private static String line(Method method) {
        var modifiers = Modifier.toString(
                        method.getModifiers() & (Modifier.STATIC | Modifier.ABSTRACT | Modifier.PROTECTED))
                .toLowerCase(Locale.ROOT);
        return "%s%s %s(%s)%s"
                .formatted(
                        modifiers.isEmpty() ? "" : modifiers + " ",
                        shortened(method.getGenericReturnType().getTypeName()),
                        method.getName(),
                        parameters(method),
                        thrown(method));
    }

    private static String parameters(Executable code) {
        return Stream.of(code.getParameters())
                .map(Parameter::getParameterizedType)
                .map(Type::getTypeName)
                .map(ApiSignatures::shortened)
                .collect(Collectors.joining(", "));
    }

    private static String thrown(Executable code) {
        var types = Stream.of(code.getExceptionTypes())
                .map(Class::getSimpleName)
                .sorted()
                .toList();
        return types.isEmpty() ? "" : " throws " + String.join(", ", types);
    }

    private static String shortened(String name) {
        return name.replaceAll("\\b(java|javax|org|dev|ch)(\\.[a-z0-9_]+)+\\.(?=[A-Z])", "");
    }
}
