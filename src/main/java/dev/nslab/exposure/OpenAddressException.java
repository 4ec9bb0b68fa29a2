package dev.nslab.exposure;

import java.net.InetAddress;

/** Personal mode was to be reached from other machines. */
public final class OpenAddressException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OpenAddressException(InetAddress address) {
        super(
                ("With nslab.access=personal nobody signs in, so everybody who reaches %s would be root in sandboxes of this"
                                + " machine. The server does not start on an address that other machines can reach.")
                        .formatted(address.getHostAddress()));
    }
}
