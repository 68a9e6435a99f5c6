package io.stockhook.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/** TCP ports of the loopback interface. */
public final class Ports {

    private static final int HIGHEST = 65_535;

    private Ports() {}

    /** A port nobody listens on at this moment; somebody else may still take it before it is used. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first of a row of ports nobody listens on at this moment. */
    public static int freeRow(int count) {
        while (true) {
            int first = free();
            if (first + count <= HIGHEST
                    && IntStream.range(first, first + count).allMatch(Ports::isFree)) {
                return first;
            }
        }
    }

    /** Whether a server could listen on the port now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
