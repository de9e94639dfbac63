# The command line as an image: `docker run --rm --privileged -v "$PWD:/stack:ro" gtv prove /stack`.
# docs/in-your-repository.md says what it needs.
FROM node:22-bookworm-slim AS package
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm pack --ignore-scripts=false --pack-destination /tmp && mv /tmp/gt-vision-observability-*.tgz /tmp/gtv.tgz

FROM node:22-bookworm-slim
# iproute2 gives a run's own network its addresses; the rest fetches the programs that are run.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates iproute2 python3 \
  && rm -rf /var/lib/apt/lists/*
COPY --from=package /tmp/gtv.tgz /tmp/gtv.tgz
RUN npm install --global --ignore-scripts --no-audit --no-fund /tmp/gtv.tgz && rm /tmp/gtv.tgz
# Runs are written here: mount a folder to keep them.
ENV GTV_RUNS=/runs
VOLUME /runs
WORKDIR /runs
ENTRYPOINT ["gtv"]
CMD ["--help"]
