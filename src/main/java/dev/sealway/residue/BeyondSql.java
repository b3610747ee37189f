package dev.sealway.residue;

import dev.sealway.residue.Trace.State;
import java.util.List;

/** What no SQL can see, and is therefore told every time. */
final class BeyondSql {

    static final List<Trace> TRACES = List.of(
            external(
                    "base backups and snapshots",
                    "files and disks that were copied before the rewrite, and dump files made before the drop",
                    "let them expire, or destroy them"),
            external(
                    "physical replicas",
                    "standbys that are not connected now, and the write-ahead log in their directories",
                    "rebuild them, or let them catch up"),
            external(
                    "change streams",
                    "topics, queues, warehouses and search indexes that copied the columns",
                    "delete the fields there"),
            external(
                    "server logs",
                    "statements with values, and lines 'Failing row contains …', in log files and wherever they are collected",
                    "rotate and delete what is older than the drop"),
            external(
                    "applications",
                    "caches, sessions, exports, and core or heap dumps of hosts that held values",
                    "empty or expire them"),
            external(
                    "freed blocks",
                    "blocks of the file system or of an SSD that were given back but not overwritten, spill files of sorts and slots among them",
                    "encrypt the volume, or trim and overwrite it"));

    private BeyondSql() {}

    private static Trace external(String place, String why, String mend) {
        return Trace.of(place, State.EXTERNAL, why, mend);
    }
}
