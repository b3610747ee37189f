package dev.sealway.crypto.transit;

import dev.sealway.crypto.Attempt;
import dev.sealway.error.SealwayException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Works on those of many that are fit for it, and puts the others' failures back in their places. */
final class Portion {

    private Portion() {}

    /**
     * @param fault why one is not fit, if it is not
     * @param work gets the places of the fit ones, and gives an attempt for each in their order
     */
    static <S, T> List<Attempt<T>> of(
            List<S> all,
            Function<S, Optional<SealwayException>> fault,
            Function<List<Integer>, List<Attempt<T>>> work) {
        List<Optional<SealwayException>> faults = all.stream().map(fault).toList();
        List<Integer> fit = IntStream.range(0, all.size())
                .filter(i -> faults.get(i).isEmpty())
                .boxed()
                .toList();
        Iterator<Attempt<T>> done = fit.isEmpty()
                ? List.<Attempt<T>>of().iterator()
                : work.apply(fit).iterator();
        List<Attempt<T>> attempts = new ArrayList<>(all.size());
        for (Optional<SealwayException> one : faults) {
            attempts.add(one.isPresent() ? new Attempt.Failed<>(one.get()) : done.next());
        }
        return attempts;
    }

    static <T> List<T> each(int count, IntFunction<T> one) {
        return IntStream.range(0, count).mapToObj(one).toList();
    }
}
