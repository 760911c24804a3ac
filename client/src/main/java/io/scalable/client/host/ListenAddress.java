package io.scalable.client.host;

import io.scalable.contracts.deployment.TargetSpec;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a broker of our own listens so that the workers of a target reach it.
 *
 * @param host an address of this machine
 * @param port the port, 0 for a free one
 */
public record ListenAddress(String host, int port) {

    /** This machine alone. */
    public static final ListenAddress LOOPBACK = new ListenAddress("127.0.0.1", 0);

    /**
     * Loopback for local workers; for Slurm the address of the target's {@code interface}, else of
     * the first that leads out of this machine, and the target's {@code comm_port}.
     *
     * @throws IllegalArgumentException if there is no such interface; names those that exist
     */
    public static ListenAddress of(TargetSpec target) {
        if (!target.provider().equals("slurm")) {
            return LOOPBACK;
        }
        try {
            List<NetworkInterface> all =
                    NetworkInterface.networkInterfaces()
                            .filter(i -> address(i).isPresent())
                            .toList();
            String wanted = target.text("interface", "");
            NetworkInterface chosen =
                    all.stream()
                            .filter(
                                    i ->
                                            wanted.isEmpty()
                                                    ? leadsOut(i)
                                                    : i.getName().equals(wanted))
                            .findFirst()
                            .orElseThrow(() -> none(target, wanted, all));
            int port = Integer.parseInt(target.text("comm_port", "0"));
            return new ListenAddress(address(chosen).orElseThrow().getHostAddress(), port);
        } catch (SocketException e) {
            throw new IllegalArgumentException("cannot list the network interfaces", e);
        }
    }

    private static IllegalArgumentException none(
            TargetSpec target, String wanted, List<NetworkInterface> all) {
        String there =
                all.stream().map(NetworkInterface::getName).collect(Collectors.joining(", "));
        String path = "targets." + target.name() + ".interface: ";
        return new IllegalArgumentException(
                wanted.isEmpty()
                        ? path + "no interface leads out of this machine; name one of " + there
                        : path
                                + "there is no '"
                                + wanted
                                + "' with an address; there are "
                                + there);
    }

    private static Optional<InetAddress> address(NetworkInterface network) {
        return network.inetAddresses()
                .filter(Inet4Address.class::isInstance)
                .findFirst()
                .or(() -> network.inetAddresses().filter(a -> !a.isLinkLocalAddress()).findFirst());
    }

    private static boolean leadsOut(NetworkInterface network) {
        try {
            return network.isUp() && !network.isLoopback() && !network.isVirtual();
        } catch (SocketException e) {
            return false;
        }
    }
}
