# The lab as an image, for a user without any privilege.
FROM debian:trixie-slim AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates gcc libc6-dev make maven nodejs npm openjdk-25-jdk-headless \
    && rm -rf /var/lib/apt/lists/*
# The server's own Java runtime, which has a third of the package's size.
RUN /usr/lib/jvm/java-25-openjdk-*/bin/jlink --add-modules java.se,jdk.crypto.ec,jdk.management,jdk.net,jdk.unsupported \
    --no-header-files --no-man-pages --output /opt/java
ENV NSLAB_JAVA_HOME=/opt/java
WORKDIR /opt/nslab
COPY . .
RUN --mount=type=cache,target=/root/.m2 --mount=type=cache,target=/root/.npm ./lab build

FROM debian:trixie-slim
# Sandboxes see the image's /usr, so its programs are those that lessons use. Only two programs that can change ids are left:
# newuidmap and newgidmap, which write the id maps of sandboxes, from ranges that nobody else has. Each has just the one
# capability that this needs. The slim base leaves out manual pages. Packages that have some are installed again, without those of
# libraries, translations and the like.
RUN printf 'path-%s\n' 'exclude /usr/share/doc/*' 'include /usr/share/doc/*/copyright' 'exclude /usr/share/locale/*' \
        'exclude /usr/share/man/*' 'include /usr/share/man/man[1245678]/*' >/etc/dpkg/dpkg.cfg.d/nslab \
    && apt-get update \
    && apt-get install -y --no-install-recommends --reinstall \
        bash busybox-static coreutils hostname iproute2 iputils-ping less libcap2-bin man-db manpages manpages-dev mount nano passwd \
        procps psmisc tmux uidmap util-linux vim \
    && rm -rf /var/lib/apt/lists/* /var/log/* /var/cache/man \
    && find / -xdev -type f -perm /6000 -exec chmod a-s {} + \
    && getcap -r /usr | cut -d ' ' -f 1 | xargs -r -n 1 setcap -r \
    && setcap cap_setuid=ep /usr/bin/newuidmap \
    && setcap cap_setgid=ep /usr/bin/newgidmap \
    && useradd --uid 1000 --create-home nslab \
    && echo nslab:1500000000:16777216 | tee /etc/subuid >/etc/subgid \
    && install -d -o nslab -g nslab /data
WORKDIR /opt/nslab
COPY --from=build /opt/java /opt/java
COPY --from=build /opt/nslab/lab lab
COPY --from=build /opt/nslab/src/main/jvm.options src/main/jvm.options
COPY --from=build /opt/nslab/target/server target/server
# What the image packs besides the jar, named after it.
COPY --from=build /opt/nslab/target/classes/META-INF/THIRD-PARTY.md THIRD-PARTY.md
RUN { printf '\n## In the image\n\nThe Java runtime in `/opt/java` is a part of %s %s, GPL-2.0-with-classpath-exception,' \
            OpenJDK "$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' /opt/java/release)"; \
        printf ' as Debian packs it. Its licences lie in `/opt/java/legal`.\n\nAll else is of the Debian packages below.'; \
        printf ' The copyright file of each says which licences it has and where its source is from.\n\n'; \
        printf '| package | version | licences |\n|---|---|---|\n'; \
        dpkg-query -W -f '| ${Package} | ${Version} | `/usr/share/doc/${Package}/copyright` |\n'; \
    } >>THIRD-PARTY.md
USER nslab
ENV NSLAB_JAVA_HOME=/opt/java NSLAB_DATA_DIR=/data SERVER_ADDRESS=0.0.0.0 NSLAB_BEHIND_LOOPBACK=true
EXPOSE 8080
HEALTHCHECK --start-period=90s --interval=10s --timeout=3s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /livez HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && grep -q '\"UP\"' <&3"]
ENTRYPOINT ["./lab", "run"]
