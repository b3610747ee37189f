# syntax=docker/dockerfile:1

# Builds the command line from the sources. `make check` is for the tests, so none run here.
FROM eclipse-temurin:17.0.16_8-jdk-noble AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw --batch-mode --no-transfer-progress --quiet package -Dmaven.test.skip=true \
        -Danalyze.skip=true -Dspotless.check.skip=true

# Runs it, as nobody in particular. Keys and passwords come when a container starts: as variables, better as files.
FROM eclipse-temurin:17.0.16_8-jre-noble
RUN mkdir -p /work/backups && chown -R 10001:10001 /work && chmod 700 /work/backups
COPY --from=build /build/target/sealway-cli.jar /opt/sealway/sealway-cli.jar
COPY --chown=10001:10001 db /work/db
USER 10001:10001
WORKDIR /work

HEALTHCHECK --interval=30s --timeout=10s --start-period=10s --retries=3 \
    CMD ["java", "-jar", "/opt/sealway/sealway-cli.jar", "--version"]
# A heap dump would hold plaintext.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:-HeapDumpOnOutOfMemoryError", "-jar", "/opt/sealway/sealway-cli.jar"]
CMD ["--help"]
