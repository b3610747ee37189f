package dev.sealway.residue.disk;

import dev.sealway.error.SealwayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Searches every file of a data directory, its tablespaces included, byte by byte. What the server has not written out yet is
 * not in them: {@code CHECKPOINT} first. A compressed value (pglz, lz4, {@code wal_compression}) is not recognised.
 */
public final class DiskScan {

    private static final int BLOCK = 1 << 20;

    private final Path directory;
    private final Canaries canaries;
    private final RelationKinds relations;

    public DiskScan(Path directory, Canaries canaries, RelationKinds relations) {
        this.directory = directory;
        this.canaries = canaries;
        this.relations = relations;
    }

    /**
     * One finding for each kind of file in which a canary stands.
     *
     * @throws SealwayException if the directory is none of a PostgreSQL server, or a file cannot be read
     */
    public List<DiskFinding> run() {
        if (!Files.isRegularFile(directory.resolve("PG_VERSION"))) {
            throw SealwayException.wrongUsage(
                    "%s is not a data directory of PostgreSQL: it has no PG_VERSION".formatted(directory));
        }
        Map<FileKind, Tally> tallies = new EnumMap<>(FileKind.class);
        try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                long[] found = search(file);
                tallies.computeIfAbsent(relations.of(path(file)), kind -> new Tally(canaries.size()))
                        .add(found);
            }
        } catch (IOException | UncheckedIOException e) {
            throw SealwayException.failed(
                    "the data directory %s cannot be read to its end; run it as the user that the server runs as"
                            .formatted(directory));
        }
        return tallies.entrySet().stream()
                .filter(e -> e.getValue().files > 0)
                .map(e -> e.getValue().finding(e.getKey()))
                .toList();
    }

    private String path(Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }

    /** The end of each block is looked at again as the beginning of the next, so that nothing is cut in two. */
    private long[] search(Path file) throws IOException {
        long[] found = new long[canaries.size()];
        int overlap = canaries.longest() - 1;
        byte[] block = new byte[BLOCK + overlap];
        try (InputStream in = Files.newInputStream(file)) {
            int kept = 0;
            while (true) {
                int read = in.readNBytes(block, kept, block.length - kept);
                int length = kept + read;
                boolean last = length < block.length;
                int until = last ? length : length - overlap;
                canaries.count(block, until, length, found);
                if (last) {
                    return found;
                }
                System.arraycopy(block, until, block, 0, overlap);
                kept = overlap;
            }
        } catch (NoSuchFileException gone) {
            return found; // the server deletes files while it runs
        }
    }

    /** What was found in files of one kind. */
    private static final class Tally {

        private long files;
        private long occurrences;
        private final boolean[] seen;

        Tally(int canaries) {
            seen = new boolean[canaries];
        }

        void add(long[] found) {
            long sum = 0;
            for (int i = 0; i < found.length; i++) {
                sum += found[i];
                seen[i] |= found[i] > 0;
            }
            files += sum > 0 ? 1 : 0;
            occurrences += sum;
        }

        DiskFinding finding(FileKind kind) {
            long different = 0;
            for (boolean one : seen) {
                different += one ? 1 : 0;
            }
            return new DiskFinding(kind, files, occurrences, different);
        }
    }
}
