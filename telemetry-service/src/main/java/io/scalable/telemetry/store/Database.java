package io.scalable.telemetry.store;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * The database of history, H2 or PostgreSQL by its JDBC URL, with its tables. One build serves
 * both, which Quarkus' data sources, whose kind is chosen by the build, could not.
 */
public final class Database implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AgroalDataSource source;

    private Database(AgroalDataSource source) {
        this.source = source;
    }

    /**
     * Connects, and makes the tables that are missing.
     *
     * @param url {@code jdbc:h2:...} or {@code jdbc:postgresql:...}
     * @throws IllegalArgumentException if the URL is of another database
     * @throws StoreException if the database cannot be reached
     */
    public static Database open(String url, @Nullable String user, @Nullable String password) {
        var settings = new AgroalDataSourceConfigurationSupplier();
        settings.connectionPoolConfiguration(
                pool -> {
                    pool.maxSize(MOST_CONNECTIONS).acquisitionTimeout(PATIENCE);
                    pool.connectionFactoryConfiguration(
                            connection -> {
                                connection.jdbcUrl(url).connectionProviderClass(driver(url));
                                if (user != null) {
                                    connection.principal(new NamePrincipal(user));
                                }
                                if (password != null) {
                                    connection.credential(new SimplePassword(password));
                                }
                                return connection;
                            });
                    return pool;
                });
        try {
            var source = AgroalDataSource.from(settings);
            var unused =
                    Flyway.configure(Database.class.getClassLoader())
                            .dataSource(source)
                            .locations("db/telemetry")
                            .load()
                            .migrate();
            return new Database(source);
        } catch (SQLException e) {
            throw new StoreException("cannot open " + url, e);
        }
    }

    private static Class<? extends Driver> driver(String url) {
        if (url.startsWith("jdbc:h2:")) {
            return org.h2.Driver.class;
        }
        if (url.startsWith("jdbc:postgresql:")) {
            return org.postgresql.Driver.class;
        }
        throw new IllegalArgumentException(
                "scalable.telemetry.jdbc-url must begin with jdbc:h2: or jdbc:postgresql:, found "
                        + url);
    }

    public HistoryReader reader() {
        return new HistoryReader(source);
    }

    public HistoryWriter writer() {
        return new HistoryWriter(source);
    }

    public Retention retention() {
        return new Retention(source);
    }

    @Override
    public void close() {
        source.close();
    }
}
