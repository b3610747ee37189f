package dev.sealway.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** The network between Sealway and the server: passes everything on, until it is told to misbehave. Thread-safe. */
final class Wire implements AutoCloseable {

    private static final long HALF_CLOSED_NANOS = Duration.ofMillis(500).toNanos();

    private static final int ATTEMPTS = 100;

    private final int own;
    private final int port;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final Set<Socket> servers = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket door;
    private volatile Thread doorkeeper;
    private volatile long stalledUntil = System.nanoTime();

    private Wire(ServerSocket door, int port) {
        this.door = door;
        this.own = door.getLocalPort();
        this.port = port;
        this.doorkeeper = daemon(() -> accept(door));
    }

    /** @param port of the server, on the loopback */
    static Wire to(int port) throws IOException {
        return new Wire(open(0), port);
    }

    private static ServerSocket open(int own) throws IOException {
        ServerSocket door = new ServerSocket();
        door.setReuseAddress(true);
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), own), 50);
        return door;
    }

    int port() {
        return own;
    }

    /** Nobody is there any more: who is connected is cut off, and who knocks is refused. */
    void leave() throws IOException {
        door.close();
        try {
            // the kernel keeps the door open for as long as somebody waits in it
            doorkeeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cut();
    }

    /** There again. Whoever knocked meanwhile may have got the port itself, for as long as it takes to notice. */
    void comeBack() throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                ServerSocket opened = open(own);
                door = opened;
                doorkeeper = daemon(() -> accept(opened));
                return;
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }

    /** Every connection breaks at once, on both sides. */
    void cut() {
        clients.forEach(Wire::quietly);
        servers.forEach(Wire::quietly);
    }

    /** Clients are told that nothing more will come; the server hears of it a while later. */
    void halfClose() {
        Set<Socket> left = Set.copyOf(servers);
        clients.forEach(Wire::quietly);
        daemon(() -> {
            LockSupport.parkNanos(HALF_CLOSED_NANOS);
            left.forEach(Wire::quietly);
        });
    }

    /** Nothing gets through for a while; nothing is lost. */
    void stall(Duration time) {
        stalledUntil = System.nanoTime() + time.toNanos();
    }

    private void accept(ServerSocket at) {
        while (!at.isClosed()) {
            try {
                Socket client = at.accept();
                if (at.isClosed()) {
                    quietly(client);
                } else {
                    connect(client);
                }
            } catch (IOException e) {
                // closed, or the server is away: the next client finds out itself
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            clients.add(client);
            servers.add(server);
            daemon(() -> pump(client, server, true));
            daemon(() -> pump(server, client, false));
        } catch (IOException e) {
            quietly(client);
        }
    }

    /** A client that goes takes its server side with it; the other way round, too. */
    private void pump(Socket from, Socket to, boolean fromClient) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                waitWhileStalled();
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // one of them is gone
        } finally {
            if (!fromClient || !from.isClosed()) {
                quietly(to);
            }
            clients.remove(from);
            servers.remove(from);
        }
    }

    private void waitWhileStalled() {
        for (long left = stalledUntil - System.nanoTime(); left > 0; left = stalledUntil - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone, which is all that is wanted
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }
}
