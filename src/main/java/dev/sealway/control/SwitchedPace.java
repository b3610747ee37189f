package dev.sealway.control;

import dev.sealway.batch.Pace;

/** Hands on to the pace of the run that is under way, if one is. Thread-safe. */
public final class SwitchedPace implements Pace {

    private final Pace otherwise;
    private volatile Pace current;

    /** @param otherwise while no run is under way */
    public SwitchedPace(Pace otherwise) {
        this.otherwise = otherwise;
        this.current = otherwise;
    }

    /** One of its own for another run. */
    public SwitchedPace apart() {
        return new SwitchedPace(otherwise);
    }

    void follow(Pace pace) {
        current = pace;
    }

    void letGo() {
        current = otherwise;
    }

    @Override
    public void awaitTurn() {
        current.awaitTurn();
    }

    @Override
    public void committed(int walked) {
        current.committed(walked);
    }

    @Override
    public int batchSize(int planned) {
        return current.batchSize(planned);
    }

    @Override
    public int workers(int planned) {
        return current.workers(planned);
    }
}
