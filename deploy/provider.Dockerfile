# The command, for a provider host in a cluster: dev/build makes the jar.
FROM eclipse-temurin:25-jdk
RUN useradd --system --uid 10001 --no-create-home scalable && mkdir /work && chown scalable /work
COPY cli/target/scalable.jar contracts/src/main/resources/io/scalable/contracts/*.options /opt/scalable/
ENV LC_ALL=C.UTF-8
USER 10001
WORKDIR /work
ENTRYPOINT ["java", "@/opt/scalable/command.options", "@/opt/scalable/jvm.options", "-XX:MaxRAMPercentage=50", \
            "-jar", "/opt/scalable/scalable.jar"]
