package dev.sealway.residue;

import dev.sealway.jdbc.Transaction;
import dev.sealway.residue.Trace.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Tells where plaintext lingers after its column was dropped, or encrypted in place: dropping is not erasing.
 *
 * <p>What a role may not look at is {@link Trace.State#UNKNOWN}, never clean; and what no SQL can see is in the list every
 * time. Holds no value: it looks at files, positions and names.
 */
public final class Residue {

    private Residue() {}

    /** The tables one by one, then what they share, each with the worst first; last what SQL cannot see. */
    public static List<Trace> of(Transaction tx, List<Suspect> suspects) {
        List<History> histories = suspects.stream().map(s -> History.of(tx, s)).toList();
        List<Trace> traces = new ArrayList<>();
        for (History history : histories) {
            List<Trace> own = new ArrayList<>(PageTraces.of(tx, history));
            own.addAll(CopyTraces.of(tx, history.suspect()));
            own.sort(Comparator.comparing(Trace::state));
            traces.addAll(own);
        }
        List<Trace> shared = new ArrayList<>();
        shared.add(PageTraces.statistics(histories));
        shared.addAll(LogTraces.of(tx, histories));
        shared.add(QueryTexts.of(tx, suspects));
        shared.addAll(ServerTraces.of(tx));
        shared.sort(Comparator.comparing(Trace::state));
        traces.addAll(shared);
        traces.addAll(BeyondSql.TRACES);
        return traces;
    }

    /** Whether the table's own files hold no plaintext any more. */
    public static boolean isRewritten(Transaction tx, Suspect suspect) {
        return History.of(tx, suspect).pages() == State.CLEAN;
    }

    /** Whether it is known besides since when. */
    public static boolean isKnownRewritten(Transaction tx, Suspect suspect) {
        History history = History.of(tx, suspect);
        return history.pages() == State.CLEAN && history.isDated(history.table());
    }

    /** Whether the statistics hold no samples of the suspects' values any more, and it is known since when. */
    public static boolean areStatisticsRewritten(Transaction tx, List<Suspect> suspects) {
        return suspects.stream()
                .map(s -> History.of(tx, s))
                .allMatch(h -> h.samples() == State.CLEAN && h.isDated(h.statistics()));
    }
}
