package dev.sealway.cli;

import dev.sealway.error.SealwayException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is not there yet. Nothing is ever overwritten. */
record NewFile(Path path) {

    /** @throws SealwayException if it is there, before any work is done for it */
    static NewFile of(Path path) {
        if (Files.exists(path)) {
            throw isThere(path);
        }
        return new NewFile(path);
    }

    /** Makes its folder if that is not there. */
    Path write(String text) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            return Files.writeString(path, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException meanwhile) {
            throw isThere(path);
        } catch (IOException e) {
            throw SealwayException.failed(
                    "the file %s cannot be written; is there room, and may this user write there?".formatted(path));
        }
    }

    private static SealwayException isThere(Path path) {
        return SealwayException.wrongUsage(
                "the file %s is there already, and nothing is overwritten; name another, or move it away"
                        .formatted(path));
    }
}
