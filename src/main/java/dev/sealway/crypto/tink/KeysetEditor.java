package dev.sealway.crypto.tink;

import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.config.TinkConfig2026;
import dev.sealway.crypto.KeyEdit;
import dev.sealway.error.SealwayException;
import java.security.GeneralSecurityException;

/** Does one edit on one keyset. Not thread-safe. */
final class KeysetEditor {

    private final KeysetHandle keyset;
    private final KeyEdit edit;
    private final KeysetHandle.Builder builder;

    KeysetEditor(KeysetHandle keyset, KeyEdit edit) {
        this.keyset = keyset;
        this.edit = edit;
        this.builder = KeysetHandle.newBuilder(keyset).setConfiguration(TinkConfig2026.get());
    }

    /** @throws SealwayException refused if the key is not there, or its state forbids the edit */
    KeysetHandle edited() throws GeneralSecurityException {
        if (!(edit instanceof KeyEdit.Change change)) {
            return withFreshKey();
        }
        long keyId = change.keyId();
        switch (change.kind()) {
            case PROMOTE ->
                entry(keyId, KeyStatus.ENABLED, "it cannot seal; enable it first")
                        .makePrimary();
            case DISABLE -> {
                refusePrimary(keyId);
                entry(keyId, KeyStatus.ENABLED, "nothing is left to do").setStatus(KeyStatus.DISABLED);
            }
            case ENABLE ->
                entry(keyId, KeyStatus.DISABLED, "nothing is left to do").setStatus(KeyStatus.ENABLED);
            case DESTROY -> {
                entry(keyId, KeyStatus.DISABLED, "disable it first");
                builder.deleteAt(at(keyId));
            }
        }
        return builder.build();
    }

    /** A random id may be taken already, once in four billion. */
    private KeysetHandle withFreshKey() throws GeneralSecurityException {
        KeysetHandle.Entry fresh;
        do {
            fresh = KeysetHandle.generateNew(keyset.getPrimary().getKey().getParameters(), TinkConfig2026.get())
                    .getPrimary();
        } while (isThere(Integer.toUnsignedLong(fresh.getId())));
        return builder.addEntry(KeysetHandle.importKey(fresh.getKey()).withFixedId(fresh.getId()))
                .build();
    }

    private KeysetHandle.Builder.Entry entry(long keyId, KeyStatus expected, String otherwise) {
        KeysetHandle.Entry found = keyset.getAt(at(keyId));
        if (!found.getStatus().equals(expected)) {
            throw SealwayException.refused(
                    "key %d of keyset %s is not %s: %s".formatted(keyId, edit.keyset(), word(expected), otherwise));
        }
        return builder.getAt(at(keyId));
    }

    private void refusePrimary(long keyId) {
        if (keyset.getAt(at(keyId)).isPrimary()) {
            throw SealwayException.refused(
                    "key %d of keyset %s is the primary, which seals; make another key the primary first"
                            .formatted(keyId, edit.keyset()));
        }
    }

    private int at(long keyId) {
        for (int i = 0; i < keyset.size(); i++) {
            if (Integer.toUnsignedLong(keyset.getAt(i).getId()) == keyId) {
                return i;
            }
        }
        throw SealwayException.refused(
                "keyset %s has no key %d; 'sealway keys status' lists what it has".formatted(edit.keyset(), keyId));
    }

    private boolean isThere(long keyId) {
        for (int i = 0; i < keyset.size(); i++) {
            if (Integer.toUnsignedLong(keyset.getAt(i).getId()) == keyId) {
                return true;
            }
        }
        return false;
    }

    private static String word(KeyStatus status) {
        return status.equals(KeyStatus.ENABLED) ? "enabled" : "disabled";
    }
}
