# The workers' own Java and jars, in /opt/scalable, and scalable-runtime, which copies them into a folder: workers bring both into
# images that have neither. dev/worker-runtime builds the jars and this.
FROM eclipse-temurin:25-jdk AS java
RUN jlink --strip-debug --no-header-files --no-man-pages --generate-cds-archive --compress zip-6 --output /opt/scalable \
    --add-modules java.se,jdk.charsets,jdk.crypto.ec,jdk.localedata,jdk.management,jdk.naming.dns,jdk.security.auth,jdk.unsupported,jdk.zipfs \
 && rm -f /opt/scalable/lib/jrt-fs.jar
COPY target/worker-runtime/ /opt/scalable/lib/

FROM debian:bookworm-slim
COPY --from=java /opt/scalable/ /opt/scalable/
COPY deploy/scalable-runtime /usr/local/bin/scalable-runtime
USER 10001
CMD ["/opt/scalable/bin/java", "-version"]
