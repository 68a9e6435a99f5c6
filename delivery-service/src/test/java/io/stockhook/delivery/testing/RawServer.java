package io.stockhook.delivery.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server on loopback that does to its connections what a test says, down to the byte. */
public final class RawServer implements AutoCloseable {

    /** What is done to a connection. What it throws ends the connection. */
    @FunctionalInterface
    public interface Behaviour {
        void on(Peer peer) throws IOException;
    }

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final ServerSocket listener;
    private final Behaviour behaviour;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    /** Listens on a port of its own. */
    public RawServer(Behaviour behaviour) {
        this(plainListener(), behaviour);
    }

    /** @param listener where it listens; on a port of 127.0.0.1 if it is not bound yet */
    public RawServer(ServerSocket listener, Behaviour behaviour) {
        this.listener = listener;
        this.behaviour = behaviour;
        try {
            if (!listener.isBound()) {
                listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::acceptAll);
    }

    private static ServerSocket plainListener() {
        try {
            return new ServerSocket();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections were made. */
    public int accepted() {
        return accepted.get();
    }

    /** How many of them their client has not closed yet. */
    public int open() {
        return open.size();
    }

    /** The heads of the requests that were read. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                accepted.incrementAndGet();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Peer peer = new Peer(socket, heads);
            behaviour.on(peer);
            if (!socket.isClosed()) {
                peer.awaitClose();
            }
        } catch (IOException e) {
            // The client has gone, which is what the count below says.
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** One connection, seen from the server. */
    public static final class Peer {
        private final Socket socket;
        private final List<String> heads;

        Peer(Socket socket, List<String> heads) {
            this.socket = socket;
            this.heads = heads;
        }

        /** The connection itself. */
        public Socket socket() {
            return socket;
        }

        /** Reads a request with its body and returns its head. */
        public String readRequest() throws IOException {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("no request");
                }
                head.write(next);
            }
            String text = head.toString(StandardCharsets.US_ASCII);
            heads.add(text);
            Matcher length = LENGTH.matcher(text);
            if (length.find()) {
                in.readNBytes(Integer.parseInt(length.group(1)));
            }
            return text;
        }

        /** Sends the text in UTF-8. */
        public void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        /** Sends the bytes at once. */
        public void write(byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }

        /** One byte at a time, for as long as the client is there. */
        public void drip(String text, long everyMillis) throws IOException {
            for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
                write(new byte[] {each});
                LockSupport.parkNanos(everyMillis * 1_000_000);
            }
        }

        /** Ends the connection with a reset instead of in good order. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Reads until the client closes. */
        public void awaitClose() throws IOException {
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // what else it sends does not matter
            }
        }
    }
}
