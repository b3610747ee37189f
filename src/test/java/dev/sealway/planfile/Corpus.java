package dev.sealway.planfile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The example plans of the tests. A refused plan says in comments on its own lines what is wrong with them: {@code #!}
 * and the fault's place and message; {@code ...} at either end leaves some of it out.
 */
enum Corpus {
    ACCEPTED("accepted"),
    REFUSED("refused"),
    /** What a JSON schema cannot see. */
    REFUSED_BY_THE_READER_ALONE("refused-by-the-reader-alone");

    private final String folder;

    Corpus(String folder) {
        this.folder = folder;
    }

    List<Path> plans() {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/dev/sealway/planfile", folder))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path plan) {
        try {
            return Files.readString(plan);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the comments of {@code plan} announce, in the order of the file. */
    static List<ExpectedFault> faults(Path plan) {
        List<String> lines = text(plan).lines().toList();
        List<ExpectedFault> faults = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int line = i + 1;
            Arrays.stream(lines.get(i).split(" #! ", -1))
                    .skip(1)
                    .forEach(text -> faults.add(new ExpectedFault(line, text)));
        }
        return faults;
    }

    record ExpectedFault(int line, String text) {

        boolean matches(int actualLine, String actual) {
            String middle = text.replaceAll("^\\.\\.\\. |\\.\\.\\.$", "");
            boolean same = middle.equals(text) ? actual.equals(text) : actual.contains(middle);
            return line == actualLine && same;
        }
    }
}
