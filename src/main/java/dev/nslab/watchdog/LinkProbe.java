package dev.nslab.watchdog;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how long it takes at present to change a link (network interface). All network namespaces of the machine
 * share one lock for that (rtnl_lock), and each new sandbox has to wait for it. The probe joins a multicast group,
 * which takes the lock: it is 224.0.0.1, of which every interface is a member anyway, so nothing is sent.
 */
final class LinkProbe implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LinkProbe.class);

    private static final byte[] ALL_HOSTS = {(byte) 224, 0, 0, 1};

    /** The probe has a thread of its own, because it waits in the kernel. */
    private final Thread thread =
            Thread.ofPlatform().daemon().name("nslab-link-probe").unstarted(this::run);

    private volatile long since;
    private volatile boolean closed;

    /** Starts another measurement, unless the last one is still running. */
    void ask() {
        if (since != 0 || closed) {
            return;
        }
        since = System.nanoTime();
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
        LockSupport.unpark(thread);
    }

    /** For how many seconds the last measurement has been running; 0 if it is done. */
    double waiting() {
        long asked = since;
        return asked == 0 || closed ? 0 : (System.nanoTime() - asked) / 1e9;
    }

    private void run() {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            NetworkInterface loopback = loopback();
            while (!closed && loopback != null) {
                if (since == 0) {
                    LockSupport.park(this);
                } else {
                    answer(channel, loopback);
                }
            }
        } catch (IOException | UnsupportedOperationException e) {
            log.debug("nobody watches how long links wait", e);
        }
        closed = true;
        since = 0;
    }

    private void answer(DatagramChannel channel, NetworkInterface loopback) throws IOException {
        channel.join(InetAddress.getByAddress(ALL_HOSTS), loopback).drop();
        since = 0;
    }

    private static @Nullable NetworkInterface loopback() throws IOException {
        return NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
