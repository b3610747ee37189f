package dev.sealway.testing.vault;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The key-value engine, version 2: versions, check-and-set, delete, undelete, destroy. */
final class FakeKv implements FakeEngine {

    private static final class Version {
        @Nullable Object data;

        boolean deleted;
        boolean destroyed;

        Version(Object data) {
            this.data = data;
        }
    }

    private final Map<String, List<Version>> secrets = new HashMap<>();

    @Override
    public synchronized boolean exists(String path) {
        return secrets.containsKey(path.replaceFirst("^[a-z]+/", ""));
    }

    @Override
    public synchronized Answer answer(Call call, String path) {
        String verb = path.split("/", 2)[0];
        String name = path.contains("/") ? path.substring(verb.length() + 1) : "";
        return switch (verb) {
            case "data" -> data(call, name);
            case "delete", "undelete", "destroy" -> mark(call, verb, name);
            case "metadata" -> metadata(call, name);
            default -> Answer.missing();
        };
    }

    private Answer data(Call call, String name) {
        if (call.reads()) {
            return read(name, call.query());
        }
        if (call.method().equals("DELETE")) {
            List<Version> versions = secrets.getOrDefault(name, List.of());
            if (!versions.isEmpty()) {
                versions.get(versions.size() - 1).deleted = true;
            }
            return Answer.none();
        }
        return write(call, name);
    }

    private Answer read(String name, String query) {
        List<Version> versions = secrets.getOrDefault(name, List.of());
        int number = query.startsWith("version=") ? Integer.parseInt(query.substring(8)) : versions.size();
        if (number < 1 || number > versions.size()) {
            return Answer.missing();
        }
        Version version = versions.get(number - 1);
        boolean gone = version.deleted || version.destroyed;
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("data", gone ? null : version.data);
        data.put("metadata", metadata(version, number));
        return Answer.data(gone ? 404 : 200, data);
    }

    private static Map<String, @Nullable Object> metadata(Version version, int number) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("created_time", Instant.EPOCH.toString());
        metadata.put("custom_metadata", null);
        metadata.put("deletion_time", version.deleted ? Instant.EPOCH.toString() : "");
        metadata.put("destroyed", version.destroyed);
        metadata.put("version", number);
        return metadata;
    }

    private Answer write(Call call, String name) {
        Object data = call.json().get("data");
        if (data == null) {
            return Answer.error(400, "no data provided");
        }
        List<Version> versions = secrets.getOrDefault(name, new ArrayList<>());
        boolean named = call.json().get("options") instanceof Map<?, ?> options && options.get("cas") != null;
        if (named && ((Number) ((Map<?, ?>) call.json().get("options")).get("cas")).intValue() != versions.size()) {
            return Answer.error(400, "check-and-set parameter did not match the current version");
        }
        versions.add(new Version(data));
        secrets.put(name, versions);
        return Answer.data(200, metadata(versions.get(versions.size() - 1), versions.size()));
    }

    private Answer mark(Call call, String verb, String name) {
        List<Version> versions = secrets.getOrDefault(name, List.of());
        for (Object number : call.list("versions")) {
            int at = ((Number) number).intValue() - 1;
            if (at >= 0 && at < versions.size()) {
                mark(versions.get(at), verb);
            }
        }
        return Answer.none();
    }

    private static void mark(Version version, String verb) {
        switch (verb) {
            case "delete" -> version.deleted = true;
            case "undelete" -> version.deleted = false;
            default -> {
                version.destroyed = true;
                version.data = null;
            }
        }
    }

    private Answer metadata(Call call, String name) {
        if (call.method().equals("DELETE")) {
            secrets.remove(name);
            return Answer.none();
        }
        List<Version> versions = secrets.get(name);
        return versions == null ? Answer.missing() : Answer.data(200, Map.of("current_version", versions.size()));
    }
}
