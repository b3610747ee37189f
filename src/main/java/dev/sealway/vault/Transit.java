package dev.sealway.vault;

import dev.sealway.error.SealwayException;
import dev.sealway.vault.TransitResult.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One key of Vault's Transit engine: encrypts, decrypts and rewraps in batches, as many requests at once as the
 * connection allows.
 *
 * <p>Guarantees: as many results as items, each of its own item, or an exception; a missing key is an error, never the
 * occasion to make one (Vault makes it on the first encryption, if the token may {@code create}: give it {@code update}
 * alone). Does not guarantee: that rewrapping changes nothing that is new already. Thread-safe.
 */
public final class Transit {

    private static final Pattern VERSION = Pattern.compile("vault:v([1-9][0-9]{0,8}):");

    private final VaultConnection vault;
    private final TransitSettings settings;
    private volatile @Nullable TransitKey known;

    public Transit(VaultConnection vault, TransitSettings settings) {
        this.vault = vault;
        this.settings = settings;
    }

    /** As plans and the ledger name the key: {@code transit/shop}. */
    public String name() {
        return settings.name();
    }

    /** How many requests may be under way at once. */
    public int inFlight() {
        return vault.inFlight();
    }

    /** The key as it was when it was last read; it is read when that was never, or a newer version has shown up since. */
    public TransitKey key() {
        TransitKey key = known;
        return key == null ? freshKey() : key;
    }

    /**
     * The key as it is now.
     *
     * @throws SealwayException if there is none, or it cannot do what is needed
     */
    public TransitKey freshKey() {
        String doing = "reading the key %s".formatted(name());
        Ask ask = Ask.read("%s/keys/%s".formatted(settings.mount(), settings.key()));
        TransitKey key = vault.ask(doing, ask, reply -> {
            if (reply.status() == 404) {
                throw SealwayException.refused(
                        "%s has no Transit key %s, and one is never made by accident; correct mount and key in the plan, or make it with 'vault write -f %s/keys/%s'"
                                .formatted(vault.place(), name(), settings.mount(), settings.key()));
            }
            if (reply.status() != 200) {
                throw vault.failure(doing, reply);
            }
            return TransitKey.of(name(), reply.data().orElseThrow(() -> unusable(doing)));
        });
        known = key;
        return key;
    }

    public List<TransitResult> encrypt(List<TransitItem> plaintexts) {
        List<TransitResult> results = run(TransitVerb.ENCRYPT, plaintexts);
        noteVersions(results);
        return results;
    }

    public List<TransitResult> decrypt(List<TransitItem> ciphertexts) {
        return run(TransitVerb.DECRYPT, ciphertexts);
    }

    /** Only for ciphertexts that are bound to nothing: Vault leaves associated data out of account here, and fails. */
    public List<TransitResult> rewrap(List<TransitItem> ciphertexts) {
        List<TransitResult> results = run(TransitVerb.REWRAP, ciphertexts);
        noteVersions(results);
        return results;
    }

    private List<TransitResult> run(TransitVerb verb, List<TransitItem> items) {
        if (items.isEmpty()) {
            return List.of();
        }
        key();
        List<List<TransitItem>> requests = requests(items);
        if (requests.size() == 1) {
            return send(verb, requests.get(0));
        }
        List<Callable<List<TransitResult>>> works = requests.stream()
                .<Callable<List<TransitResult>>>map(request -> () -> send(verb, request))
                .toList();
        List<TransitResult> all = new ArrayList<>(items.size());
        vault.together(doing(verb), works).forEach(all::addAll);
        return all;
    }

    private List<List<TransitItem>> requests(List<TransitItem> items) {
        List<List<TransitItem>> requests = new ArrayList<>();
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < items.size(); i++) {
            long size = items.get(i).size();
            if (i > from && (i - from >= settings.requestItems() || bytes + size > settings.requestBytes())) {
                requests.add(items.subList(from, i));
                from = i;
                bytes = 0;
            }
            bytes += size;
        }
        requests.add(items.subList(from, items.size()));
        return requests;
    }

    private List<TransitResult> send(TransitVerb verb, List<TransitItem> items) {
        List<Map<String, String>> batch = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            batch.add(items.get(i).json(i));
        }
        String doing = doing(verb);
        Ask ask = Ask.write(
                "%s/%s/%s".formatted(settings.mount(), verb.path(), settings.key()), Map.of("batch_input", batch));
        Optional<List<TransitResult>> results = vault.ask(doing, ask, reply -> read(verb, items.size(), doing, reply));
        return results.orElseGet(() -> inHalves(verb, items));
    }

    /** Empty if the request was too large for this Vault. */
    private Optional<List<TransitResult>> read(TransitVerb verb, int asked, String doing, Reply reply) {
        Optional<List<?>> results = TransitAnswer.results(reply);
        if (results.isPresent()) {
            return Optional.of(
                    new TransitAnswer(verb, asked).fitting(results.get()).orElseThrow(() -> unusable(doing)));
        }
        if (TransitAnswer.isTooLarge(reply)) {
            return Optional.empty();
        }
        throw reply.isDone() ? unusable(doing) : vault.failure(doing, reply);
    }

    /** Until the value that is too long stands alone. */
    private List<TransitResult> inHalves(TransitVerb verb, List<TransitItem> items) {
        if (items.size() == 1) {
            return List.of(new TransitResult.Failed(Reason.TOO_LONG));
        }
        int half = items.size() / 2;
        List<TransitResult> all = new ArrayList<>(items.size());
        all.addAll(send(verb, items.subList(0, half)));
        all.addAll(send(verb, items.subList(half, items.size())));
        return all;
    }

    /** It may have lost its way through a proxy; asking again gives fresh results for the same values. */
    private VaultUnavailableException unusable(String doing) {
        return new VaultUnavailableException(
                doing,
                "%s gave an answer that does not fit the question, or not a whole one; nothing of it was used"
                        .formatted(vault.place()),
                "check what stands between here and Vault, then run it again",
                Duration.ZERO);
    }

    /** Somebody rotates the key meanwhile: what its newest version is has to be read anew. */
    private void noteVersions(List<TransitResult> results) {
        TransitKey key = known;
        boolean newer = key != null && results.stream().anyMatch(result -> version(result) > key.latestVersion());
        if (newer) {
            known = null;
        }
    }

    private static long version(TransitResult result) {
        if (!(result instanceof TransitResult.Done done)) {
            return 0;
        }
        byte[] text = done.revealBytes();
        Matcher version = VERSION.matcher(new String(text, 0, Math.min(text.length, 20), StandardCharsets.US_ASCII));
        return version.lookingAt() ? Long.parseLong(version.group(1)) : 0;
    }

    private String doing(TransitVerb verb) {
        return "%s with %s".formatted(verb.doing(), name());
    }

    @Override
    public String toString() {
        return "Transit[%s]".formatted(name());
    }
}
