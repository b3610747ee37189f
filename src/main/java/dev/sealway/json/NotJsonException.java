package dev.sealway.json;

import com.google.gson.stream.JsonReader;
import dev.sealway.error.SealwayException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text that is not JSON; tells the position and the fault and quotes nothing, because the text may be a secret. */
public final class NotJsonException extends SealwayException {

    private static final long serialVersionUID = 1L;

    /** How a {@link JsonReader} prints itself; what follows is a path made of the text's own names. */
    private static final Pattern POSITION = Pattern.compile("^JsonReader at line ([0-9]+) column ([0-9]+) ");

    private final String fault;

    private NotJsonException(String fault) {
        super(Outcome.WRONG_USAGE, "not JSON: %s".formatted(fault));
        this.fault = fault;
    }

    static NotJsonException at(JsonReader in, String fault) {
        Matcher position = POSITION.matcher(in.toString());
        return new NotJsonException(
                position.find()
                        ? "line %s, column %s: %s".formatted(position.group(1), position.group(2), fault)
                        : fault);
    }

    /** The position and what is wrong there, for use in a sentence of the caller's. */
    public String fault() {
        return fault;
    }
}
