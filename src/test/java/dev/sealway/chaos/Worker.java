package dev.sealway.chaos;

import dev.sealway.Sealway;
import dev.sealway.error.SealwayException;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.Walks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process that runs verbs and is there to be killed. It gets warm, takes one job from its standard input, says where it
 * is on its standard output, and where it was told to stand still, it does.
 */
public final class Worker {

    static final String READY = "@ready";
    static final String STANDING = "@standing";
    static final String FAILED = "@failed";
    static final String ENDED = "@ended";

    private Worker() {}

    /**
     * What a worker has to do.
     *
     * @param folder of the backups
     * @param at where it stands still
     * @param rest milliseconds for which it rests after each batch
     * @param workers of its walks
     */
    record Job(String url, Folder folder, List<Step> steps, Optional<Boundary> at, int rest, int workers) {

        static Job of(String url, Folder folder, Step step) {
            return new Job(url, folder, List.of(step), Optional.empty(), 0, 1);
        }

        Job standingAt(Boundary place) {
            return new Job(url, folder, steps, Optional.of(place), rest, workers);
        }

        Job resting(int millis) {
            return new Job(url, folder, steps, at, millis, workers);
        }

        Job withWorkers(int many) {
            return new Job(url, folder, steps, at, rest, many);
        }

        String line() {
            return "%s\t%s\t%s\t%s\t%d\t%d"
                    .formatted(
                            url,
                            folder.path(),
                            String.join(",", steps.stream().map(Step::name).toList()),
                            at.map(Boundary::line).orElse(""),
                            rest,
                            workers);
        }

        static Job parse(String line) {
            String[] parts = line.split("\t", -1);
            return new Job(
                    parts[0],
                    new Folder(Path.of(parts[1])),
                    Stream.of(parts[2].split(",")).map(Step::valueOf).toList(),
                    Optional.of(parts[3]).filter(p -> !p.isEmpty()).map(Boundary::parse),
                    Integer.parseInt(parts[4]),
                    Integer.parseInt(parts[5]));
        }
    }

    public static void main(String[] args) throws IOException {
        warmUp();
        PrintStream out = System.out;
        out.println(READY);
        out.flush();
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (line != null) {
            run(Job.parse(line), out);
        }
    }

    /** Not with its own keys: they may be gone. */
    private static void warmUp() {
        Walks.keys(Life.freshKeys());
        Sealing.HERE.plan();
    }

    private static void run(Job job, PrintStream out) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(job.url());
        source.setApplicationName(Scene.SEALWAY);
        Boundaries boundaries = new Boundaries((boundary, connection) -> {
            if (Optional.of(boundary).equals(job.at())) {
                out.println(STANDING);
                out.flush();
                sleep(600_000);
            }
        });
        Sealway sealway = Sealing.HERE.sealway(boundaries.over(source), printing(out, job.rest()), job.workers());
        for (Step step : job.steps()) {
            boundaries.enter(step.name());
            try {
                Step.Told told = step.run(sealway, job.folder());
                out.println(told.text());
                if (!told.passed()) {
                    out.println(FAILED);
                    return;
                }
            } catch (SealwayException e) {
                e.printStackTrace(out);
                out.println(FAILED);
                return;
            }
        }
        out.println(ENDED);
    }

    private static Progress printing(PrintStream out, int rest) {
        return new Progress() {
            @Override
            public void done(String step) {
                out.println(step);
            }

            @Override
            public void notice(String text) {
                out.println(text);
            }

            @Override
            public void committed(String work, long walked, long written) {
                if (rest > 0) {
                    sleep(rest);
                }
            }
        };
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
