package io.scalable.telemetry.store;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The database of history, H2 or PostgreSQL by its JDBC URL, with its tables. One build serves
 * both, which Quarkus' data sources, whose kind is chosen by the build, could not.
 */
public final class Database implements AutoCloseable {

    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String H2 = "jdbc:h2:";
    private static final String TABLES = "db/telemetry";

    /** What H2 alone is told: it serves one control plane's own deployments. */
    private static final String TABLES_OF_H2 = "db/telemetry-h2";

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
     * @throws StoreException if the database cannot be reached; it may be there later
     */
    public static Database open(String url, @Nullable String user, @Nullable String password) {
        var settings = new AgroalDataSourceConfigurationSupplier();
        settings.connectionPoolConfiguration(
                pool -> {
                    // A connection that died with the database is not handed out.
                    pool.maxSize(MOST_CONNECTIONS)
                            .acquisitionTimeout(PATIENCE)
                            .connectionValidator(ConnectionValidator.defaultValidator())
                            .validateOnBorrow(true);
                    pool.connectionFactoryConfiguration(
                            connection -> {
                                connection.jdbcUrl(url).connectionProviderClass(driver(url));
                                if (user != null) {
                                    connection.principal(new NamePrincipal(user));
                                }
                                if (url.startsWith(POSTGRESQL)) {
                                    // A server that vanished without a word is noticed.
                                    connection.jdbcProperty("socketTimeout", "120");
                                    connection.jdbcProperty("connectTimeout", "10");
                                    connection.jdbcProperty("tcpKeepAlive", "true");
                                }
                                if (password != null) {
                                    connection.credential(new SimplePassword(password));
                                }
                                return connection;
                            });
                    return pool;
                });
        AgroalDataSource source;
        try {
            source = AgroalDataSource.from(settings);
        } catch (SQLException e) {
            throw StoreException.of("cannot open " + withoutSecrets(url), e);
        }
        try {
            var _ =
                    Flyway.configure(Database.class.getClassLoader())
                            .dataSource(source)
                            .locations(locations(url))
                            .load()
                            .migrate();
            return new Database(source);
        } catch (FlywayException e) {
            source.close();
            throw new StoreException(
                    StoreException.Fault.DATABASE,
                    "cannot make the tables of history in " + withoutSecrets(url),
                    e);
        }
    }

    private static String[] locations(String url) {
        return url.startsWith(H2) ? new String[] {TABLES, TABLES_OF_H2} : new String[] {TABLES};
    }

    /** The URL as it may be shown: its parameters may hold a password. */
    private static String withoutSecrets(String url) {
        return url.split("[?;]", 2)[0];
    }

    private static Class<? extends Driver> driver(String url) {
        if (url.startsWith(H2)) {
            return org.h2.Driver.class;
        }
        if (url.startsWith(POSTGRESQL)) {
            return org.postgresql.Driver.class;
        }
        throw new IllegalArgumentException(
                "scalable.telemetry.jdbc-url must begin with jdbc:h2: or jdbc:postgresql:, found "
                        + url);
    }

    public HistoryReader reader() {
        return new HistoryReader(source);
    }

    public ServicesReader services() {
        return new ServicesReader(source);
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
