# The lab as an image: built with what `lab` builds with, run by a user without any privilege.
FROM debian:trixie-slim AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates gcc libc6-dev libseccomp-dev make maven nodejs npm openjdk-25-jdk-headless \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/nslab
COPY . .
RUN ./lab build

FROM debian:trixie-slim
# The programs that lessons use are those of the image: sandboxes see its /usr.
RUN apt-get update \
    && apt-get install -y --no-install-recommends openjdk-25-jre-headless \
        bash coreutils hostname iproute2 less mount nano perl procps psmisc tmux util-linux vim \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 1000 --create-home nslab \
    && install -d -o nslab -g nslab /data
WORKDIR /opt/nslab
COPY --from=build /opt/nslab/target/server target/server
COPY --from=build /opt/nslab/src/main/jvm.options src/main/jvm.options
USER nslab
ENV NSLAB_DATA_DIR=/data SERVER_ADDRESS=0.0.0.0 NSLAB_BEHIND_LOOPBACK=true
EXPOSE 8080
HEALTHCHECK --start-period=30s --interval=10s --timeout=3s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /actuator/health HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && grep -q '\"UP\"' <&3"]
ENTRYPOINT ["java", "@src/main/jvm.options", "-XX:AOTCache=target/server/nslab.aot", "-jar", "target/server/nslab.jar"]
