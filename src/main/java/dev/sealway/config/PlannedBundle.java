package dev.sealway.config;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyEdit;
import dev.sealway.crypto.tink.BundleEditor;
import dev.sealway.crypto.tink.TinkKeyBundle;
import dev.sealway.keys.BundlePlace;
import dev.sealway.keys.EditedBundle;
import dev.sealway.keys.HeldBundle;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.keys.KeyRef;
import dev.sealway.keys.file.FileKeyProvider;
import dev.sealway.plan.KeySource;
import dev.sealway.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The key bundle that a plan names: opened when it is first asked for, kept, and changed where it lives. Thread-safe.
 *
 * <p>Whoever changes it holds an advisory lock of the database: not every place can compare and set.
 */
final class PlannedBundle implements Supplier<KeyBundle>, BundlePlace {

    private final KeySources sources;
    private final Plan plan;
    private final AtomicLong changes = new AtomicLong();
    private volatile @Nullable KeyBundle opened;

    PlannedBundle(KeySources sources, Plan plan) {
        this.sources = sources;
        this.plan = plan;
    }

    @Override
    public synchronized KeyBundle get() {
        KeyBundle bundle = opened;
        if (bundle == null) {
            bundle = sources.open(source());
            opened = bundle;
        }
        return bundle;
    }

    /** The bundle, if it is open now; never waits. */
    Optional<KeyBundle> opened() {
        return Optional.ofNullable(opened);
    }

    @Override
    public synchronized void forget() {
        opened = null;
        changes.incrementAndGet();
    }

    @Override
    public long changes() {
        return changes.get();
    }

    @Override
    public synchronized boolean adopt(long before, KeyBundle fetched) {
        if (!changes.compareAndSet(before, before + 1)) {
            return false;
        }
        opened = fetched;
        return true;
    }

    private KeySource source() {
        return KeySources.of(plan);
    }

    @Override
    public String name() {
        return KeySources.place(source());
    }

    @Override
    public boolean isWritable() {
        return !source().provider().equals("env");
    }

    @Override
    public HeldBundle fetch() {
        KeyMaterial material = sources.fetch(source());
        boolean held = false;
        try {
            KeyBundle bundle = TinkKeyBundle.open(material, name(), sources.kek(source()));
            held = true;
            return new Held(material, bundle);
        } finally {
            if (!held) {
                material.close();
            }
        }
    }

    private final class Held implements HeldBundle {

        private final KeyMaterial material;
        private final KeyBundle bundle;

        Held(KeyMaterial material, KeyBundle bundle) {
            this.material = material;
            this.bundle = bundle;
        }

        @Override
        public KeyBundle bundle() {
            return bundle;
        }

        @Override
        public EditedBundle edit(List<KeyEdit> edits) {
            KeyMaterial made = new BundleEditor(name(), sources.kek(source())).edit(material, edits);
            return new Edited(made, TinkKeyBundle.open(made, name(), sources.kek(source())), material.version());
        }

        @Override
        public void close() {
            material.close();
        }
    }

    private final class Edited implements EditedBundle {

        private final KeyMaterial material;
        private final KeyBundle bundle;
        private final String madeFrom;

        Edited(KeyMaterial material, KeyBundle bundle, String madeFrom) {
            this.material = material;
            this.bundle = bundle;
            this.madeFrom = madeFrom;
        }

        @Override
        public KeyBundle bundle() {
            return bundle;
        }

        @Override
        public void replace() {
            try {
                sources.replace(source(), material, madeFrom);
            } finally {
                forget();
            }
        }

        @Override
        public void writeTo(Path file) {
            new FileKeyProvider().create(KeyRef.of(file.toString()), material);
        }

        @Override
        public void close() {
            material.close();
        }
    }
}
