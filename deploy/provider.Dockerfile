# The command, for a provider host in a cluster: dev/build makes the jar.
FROM eclipse-temurin:25-jdk
RUN useradd --system --uid 10001 --no-create-home scalable && mkdir /work && chown scalable /work
COPY cli/target/scalable.jar /opt/scalable/scalable.jar
USER 10001
WORKDIR /work
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=50", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", \
            "--add-opens=java.base/java.lang=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED", \
            "--sun-misc-unsafe-memory-access=allow", "-jar", "/opt/scalable/scalable.jar"]
