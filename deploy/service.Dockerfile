# One of the services, as its module has built it: --build-arg SERVICE=planner-service
FROM eclipse-temurin:25-jre
ARG SERVICE
RUN useradd --system --uid 10001 --no-create-home scalable \
 && mkdir -p /var/lib/scalable /work && chown scalable /var/lib/scalable /work
COPY deploy/ready /usr/local/bin/ready
COPY ${SERVICE}/target/quarkus-app/ /opt/scalable/
COPY contracts/src/main/resources/io/scalable/contracts/*.options /opt/scalable/
ENV LC_ALL=C.UTF-8
USER 10001
WORKDIR /var/lib/scalable
EXPOSE 8080
HEALTHCHECK --interval=3s --timeout=3s --start-period=60s CMD ["ready"]
ENTRYPOINT ["java", "@/opt/scalable/command.options", "@/opt/scalable/jvm.options", "-XX:MaxRAMPercentage=50", \
            "-jar", "/opt/scalable/quarkus-run.jar"]
