package io.scalable.worker;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes and resources of a component's jars and folders.
 *
 * <p>Several workers of one component live in one JVM, each with a loader of its own over the same
 * jars. {@link URLClassLoader} reads resources through a cache of open jars that the whole JVM
 * shares, and closes what it read from when it is itself closed: a worker that leaves would take
 * the jar away from the others in mid-read. Here a resource is read from a jar opened for it alone.
 */
final class ComponentLoader extends URLClassLoader {

    ComponentLoader(String component, List<URL> places, ClassLoader parent) {
        super(component, places.toArray(URL[]::new), parent);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        URL resource = getResource(name);
        if (resource == null) {
            return null;
        }
        try {
            var connection = resource.openConnection();
            connection.setUseCaches(false);
            return connection.getInputStream();
        } catch (IOException e) {
            // As the contract has it: what cannot be read is not there.
            return null;
        }
    }
}
