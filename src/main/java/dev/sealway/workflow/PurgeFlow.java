package dev.sealway.workflow;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.phase.purge.Purge;
import dev.sealway.phase.purge.PurgeReport;
import dev.sealway.phase.purge.PurgeTerms;
import dev.sealway.plan.Selection;
import dev.sealway.residue.Suspect;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Purges what the selected columns left behind, once their plaintext is gone. Needs no key. */
final class PurgeFlow {

    private final Means means;
    private final Journal journal;

    PurgeFlow(Means means) {
        this.means = means;
        this.journal = new Journal(means);
    }

    PurgeReport run(Selection selection, PurgeTerms terms) {
        return journal.run("purge", selection, run -> purge().run(suspects(selection), terms, run));
    }

    List<String> preview(Selection selection) {
        List<Suspect> suspects = suspects(selection);
        return means.database()
                .inTransaction(
                        TransactionSettings.reading(),
                        "looking at what a purge would rewrite",
                        tx -> Purge.preview(tx, suspects));
    }

    private Purge purge() {
        return new Purge(means.database(), means.shortLock(), means.progress());
    }

    private List<Suspect> suspects(Selection selection) {
        List<Suspect> suspects = new ResidueFlow(means).suspects(selection);
        if (suspects.isEmpty()) {
            throw SealwayException.refused(
                    "none of the selected columns of plan %s is encrypted, so nothing of them can be purged"
                            .formatted(means.plan().name()));
        }
        List<Suspect> alive =
                suspects.stream().filter(s -> !s.alive().isEmpty()).toList();
        if (!alive.isEmpty()) {
            throw SealwayException.refused(
                    "the plaintext of %s is still there; a purge rewrites what is left after it went. Run %s first, or select other tables"
                            .formatted(
                                    alive.stream().flatMap(PurgeFlow::columns).collect(Collectors.joining(", ")),
                                    alive.stream().allMatch(Suspect::isInPlace)
                                            ? "'sealway backfill' and 'sealway verify'"
                                            : "'sealway contract'"));
        }
        return suspects;
    }

    private static Stream<String> columns(Suspect suspect) {
        return suspect.alive().stream()
                .map(c -> "%s.%s".formatted(suspect.live().name(), c));
    }
}
