# Builds and runs Candor as an unprivileged user. Written with care; not tested on an engine yet.
#   docker build -t candor .
#   docker run -p 3000:3000 -v ./status:/content:ro -v candor-data:/data candor
FROM node:24-bookworm-slim AS build
WORKDIR /candor
COPY package.json package-lock.json .npmrc ./
COPY scripts/front-door.mjs scripts/
RUN npm ci --include=dev
COPY . .
RUN node scripts/front-door.mjs build

FROM node:24-bookworm-slim
WORKDIR /candor
ENV NODE_ENV=production CANDOR_CONTENT=/content CANDOR_DATA=/data PORT=3000
COPY --from=build --chown=root:root /candor /candor
RUN mkdir -p /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node_modules/.bin/node", "--max-semi-space-size=16", "bin/start.ts"]
