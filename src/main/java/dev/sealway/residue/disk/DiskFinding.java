package dev.sealway.residue.disk;

/**
 * How often canaries stand in files of one kind.
 *
 * @param files that hold one
 * @param occurrences of all canaries together
 * @param canaries how many different ones
 */
public record DiskFinding(FileKind kind, long files, long occurrences, long canaries) {}
