package io.scalable.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** {@code scalable 0.1.0 (Java 25)}: the version that Maven wrote into the jar. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        var properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        }
        return new String[] {
            "scalable "
                    + properties.getProperty("version")
                    + " (Java "
                    + Runtime.version().feature()
                    + ")"
        };
    }
}
