# syntax=docker/dockerfile:1
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
# The bundle, and beside it the documents that the server reads from among its sources.
RUN node tools/build.ts \
 && mkdir /out \
 && cp -r dist bin package.json LICENSE /out/ \
 && find server -name '*.json' -exec cp --parents {} /out/ \;
# The image has a Node of its own; what remains is what the bundle loads at run time.
RUN npm ci --omit=dev --no-audit --no-fund \
 && rm -rf node_modules/node-linux-* node_modules/.bin/node \
 && cp -r node_modules /out/

FROM node:24-bookworm-slim
# What draws previews of PDF documents (50 MB); `poppler-utils ffmpeg` adds videos (500 MB).
ARG PREVIEW_PACKAGES=poppler-utils
RUN apt-get update \
 && apt-get install -y --no-install-recommends $PREVIEW_PACKAGES \
 && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production \
    STRONGROOM_LISTEN=0.0.0.0:8080 \
    STRONGROOM_DATA=/data
WORKDIR /app
COPY --from=build /out ./
RUN mkdir -p /data dist/.compile-cache \
 && chown node:node /data dist/.compile-cache \
 && ln -s /app/bin/strongroom.js /usr/local/bin/strongroom
USER node
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.STRONGROOM_LISTEN.split(':').pop() + '/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# A small young heap: bytes on their way through sockets are freed when it is cleared.
ENTRYPOINT ["node", "--max-semi-space-size=2", "/app/bin/strongroom.js"]
CMD ["start"]
