# syntax=docker/dockerfile:1

FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
# Nobody else's install scripts run: the build needs none of them.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json LICENSE ./
COPY scripts ./scripts
COPY src ./src
COPY templates ./templates
# The code that V8 compiles goes into the image with it: nothing can be written there later.
RUN node scripts/build.ts && rm -rf dist/types dist/gotemplate.js && node scripts/warm-up.ts

# The bundle has all that it needs of the dependencies in it, so there are no node_modules, no npm and no shell to
# look after in the image. A test runs it from just these files.
FROM gcr.io/distroless/nodejs24-debian12:nonroot
LABEL org.opencontainers.image.title="Outrigger" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
COPY package.json LICENSE ./
COPY manifests ./manifests
COPY templates ./templates
COPY --from=build /build/dist ./dist
# By number, so that Kubernetes can tell that it is not root. Nothing is ever written.
USER 65532:65532
ENV NODE_ENV=production
EXPOSE 15017 15014
# What a pod leaves behind is garbage at once: a small young generation costs no time, and saves 100 MiB.
ENTRYPOINT ["/nodejs/bin/node", "--max-semi-space-size=4", "/app/dist/outrigger.js"]
CMD ["serve"]
