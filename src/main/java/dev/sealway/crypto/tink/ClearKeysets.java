package dev.sealway.crypto.tink;

import com.google.crypto.tink.KeysetHandle;
import java.security.GeneralSecurityException;
import java.util.Map;

/** Keysets as Tink's JSON keyset format has them. */
record ClearKeysets() implements KeysetForm {

    @Override
    public String member() {
        return "keyset";
    }

    @Override
    public Object write(String name, KeysetHandle keyset) throws GeneralSecurityException {
        return KeysetText.of(keyset);
    }

    @Override
    public KeysetHandle parse(String name, Map<?, ?> keyset) throws UnfitKeysetException {
        return KeysetText.parse(keyset);
    }
}
