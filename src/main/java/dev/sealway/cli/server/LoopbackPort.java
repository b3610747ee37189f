package dev.sealway.cli.server;

import dev.sealway.error.SealwayException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A TCP port of this machine's loopback address. */
final class LoopbackPort {
    private LoopbackPort() {}

    /** @throws SealwayException if something listens there already */
    static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        } catch (IOException e) {
            throw SealwayException.failed(
                    "port %d of 127.0.0.1 is taken by another program; stop that, or choose another with --port"
                            .formatted(port));
        }
    }
}
