package io.scalable.manifest;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a component's {@code mounts}: absolute path on the host to absolute path inside. */
final class MountReader {

    private MountReader() {}

    static Map<String, String> read(Section section) {
        Map<String, String> mounts = new LinkedHashMap<>();
        for (Field mount : section.entries()) {
            String inside = mount.text(Code.E_RELATIVE_CONTAINER_MOUNT, "an absolute path");
            if (!mount.name().startsWith("/")) {
                mount.keyError(
                        Code.E_RELATIVE_HOST_MOUNT,
                        "the host's path of a mount must be absolute, found '"
                                + mount.name()
                                + "'");
            }
            if (inside != null && !inside.startsWith("/")) {
                mount.keyError(
                        Code.E_RELATIVE_CONTAINER_MOUNT,
                        "the container's path of a mount must be absolute, found '" + inside + "'");
            }
            mounts.put(mount.name(), inside == null ? "" : inside);
        }
        return mounts;
    }
}
