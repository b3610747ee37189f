package dev.sealway.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of packages as the sources tell it: each with the first sentence of its {@code package-info.java}. */
final class PackageTable {
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("\\{@(?:code|link) ([^}]*)}");

    private PackageTable() {}

    static String of(Path sources) throws IOException {
        var sentences = new TreeMap<String, String>();
        try (var files = Files.walk(sources)) {
            for (var file :
                    files.filter(path -> path.endsWith("package-info.java")).toList()) {
                var text = Files.readString(file);
                sentences.put(packageName(text, file), firstSentence(text, file));
            }
        }
        return sentences.entrySet().stream()
                .map(entry -> "| `%s` | %s |".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n", "| package | what it is |\n|---|---|\n", "\n"));
    }

    private static String packageName(String text, Path file) {
        var matcher = PACKAGE.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no package statement in " + file);
        }
        return matcher.group(1);
    }

    static String firstSentence(String text, Path file) {
        var matcher = JAVADOC.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no Javadoc in " + file);
        }
        var prose = matcher.group(1).replaceAll("\\s*\\n\\s*\\*?\\s*", " ").strip();
        var code = CODE.matcher(prose).replaceAll("`$1`");
        return code.split("(?<=\\.)\\s", 2)[0].replace("|", "\\|");
    }
}
