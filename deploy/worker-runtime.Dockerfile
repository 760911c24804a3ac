# The workers' own Java and jars, in /opt/scalable, and scalable-runtime, which copies them into a folder: workers bring both into
# images that have neither. dev/worker-image makes the folder and this.
FROM debian:bookworm-slim
COPY target/worker-runtime/ /opt/scalable/
COPY deploy/scalable-runtime /usr/local/bin/scalable-runtime
USER 10001
CMD ["/opt/scalable/bin/java", "-version"]
