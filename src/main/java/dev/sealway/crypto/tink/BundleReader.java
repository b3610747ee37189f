package dev.sealway.crypto.tink;

import dev.sealway.crypto.KeyPurpose;
import dev.sealway.error.SealwayException;
import dev.sealway.json.Json;
import dev.sealway.json.NotJsonException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a key bundle and collects all its faults, none of which quotes it.
 *
 * <p>UTF-8 JSON: {@code {"sealway_keys":1,"bundle_id":"prod","keysets":{"data/default":{"purpose":"aead","keyset":{…}},…}}},
 * each {@code keyset} verbatim as Tink's JSON keyset format has it. A wrapped bundle says {@code "kek":"aws-kms alias/shop"}
 * beside {@code bundle_id}, and has an {@code encrypted_keyset} in place of each {@code keyset}. Gson and Tink want strings,
 * so the text stays on the heap until the garbage collector takes it.
 */
final class BundleReader {

    /** Narrow on purpose: what matches may be printed, and base64 of a key hardly ever does. */
    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,30}(/[a-z0-9][a-z0-9_.-]{0,30})?");

    /** Which key wrapped the keysets: for people, and to tell the two kinds of bundles apart. */
    static final String KEK = "kek";

    private static final Set<String> BUNDLE_MEMBERS = Set.of("sealway_keys", "bundle_id", KEK, "keysets");

    private final String place;
    private final KeysetForm form;
    private final List<String> faults = new ArrayList<>();

    private BundleReader(String place, KeysetForm form) {
        this.place = place;
        this.form = form;
    }

    /** A bundle's text, taken apart. */
    record Bundle(String id, List<OpenedKeyset> keysets) {}

    /**
     * @throws BrokenBundleException with all faults at once
     * @throws SealwayException if the bundle is of another form, or its key encryption key does not unwrap a keyset
     */
    static Bundle read(byte[] utf8, String place, KeysetForm form) {
        BundleReader reader = new BundleReader(place, form);
        Map<?, ?> members = reader.members(utf8);
        reader.refuseAnotherForm(members.containsKey(KEK));
        String id = reader.id(members);
        List<OpenedKeyset> keysets = reader.keysets(members.get("keysets"));
        if (!reader.faults.isEmpty()) {
            throw new BrokenBundleException(place, reader.faults);
        }
        return new Bundle(id, keysets);
    }

    private Map<?, ?> members(byte[] utf8) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            if (Json.parse(text) instanceof Map<?, ?> members) {
                return members;
            }
            throw broken("it is not a JSON object");
        } catch (CharacterCodingException e) {
            throw broken("it is not UTF-8");
        } catch (NotJsonException e) {
            throw broken("it is not JSON: %s".formatted(e.fault()));
        }
    }

    private void refuseAnotherForm(boolean wrapped) {
        boolean expected = form instanceof WrappedKeysets;
        if (wrapped && !expected) {
            throw SealwayException.refused(
                    "the keysets of the key bundle in %s are wrapped; say 'kek' beside its provider in the plan: the bundle's own member 'kek' tells under which key"
                            .formatted(place));
        }
        if (!wrapped && expected) {
            throw SealwayException.refused(
                    "the keysets of the key bundle in %s are not wrapped, but the plan says 'kek'; name the bundle that 'sealway keygen --plan' wrapped, or leave 'kek' out"
                            .formatted(place));
        }
    }

    private BrokenBundleException broken(String fault) {
        return new BrokenBundleException(place, List.of(fault));
    }

    private String id(Map<?, ?> bundle) {
        if (!(bundle.get("sealway_keys") instanceof Number version)
                || !version.toString().equals("1")) {
            faults.add("sealway_keys is not 1, the only version there is");
        }
        if (!BUNDLE_MEMBERS.containsAll(bundle.keySet())) {
            faults.add("it has members besides sealway_keys, bundle_id, kek and keysets");
        }
        if (bundle.get("bundle_id") instanceof String id && NAME.matcher(id).matches()) {
            return id;
        }
        faults.add("bundle_id is not a name of the form %s".formatted(NAME));
        return "";
    }

    private List<OpenedKeyset> keysets(@Nullable Object member) {
        List<OpenedKeyset> opened = new ArrayList<>();
        if (!(member instanceof Map<?, ?> keysets) || keysets.isEmpty()) {
            faults.add("keysets is not an object with at least one keyset");
            return opened;
        }
        int number = 0;
        for (Map.Entry<?, ?> entry : keysets.entrySet()) {
            number++;
            String name = (String) entry.getKey();
            boolean printable = NAME.matcher(name).matches();
            String where = printable ? "keyset %s".formatted(name) : "keyset number %d".formatted(number);
            if (!printable) {
                faults.add("%s: its name is not of the form %s".formatted(where, NAME));
            }
            try {
                if (printable) {
                    opened.add(keyset(name, entry.getValue()));
                }
            } catch (UnfitKeysetException e) {
                faults.add("%s: %s".formatted(where, e.law()));
            }
        }
        return opened;
    }

    private OpenedKeyset keyset(String name, @Nullable Object member) throws UnfitKeysetException {
        if (!(member instanceof Map<?, ?> parts)
                || !parts.keySet().equals(Set.of("purpose", form.member()))
                || !(parts.get(form.member()) instanceof Map<?, ?> keyset)) {
            throw new UnfitKeysetException("it does not consist of 'purpose' and '%s'".formatted(form.member()));
        }
        return OpenedKeyset.open(name, purpose(parts.get("purpose")), form.parse(name, keyset));
    }

    private static KeyPurpose purpose(@Nullable Object member) throws UnfitKeysetException {
        return Arrays.stream(KeyPurpose.values())
                .filter(known -> known.id().equals(member))
                .findFirst()
                .orElseThrow(() -> new UnfitKeysetException("its purpose is none of %s"
                        .formatted(Arrays.stream(KeyPurpose.values())
                                .map(KeyPurpose::id)
                                .collect(Collectors.joining(", ")))));
    }
}
