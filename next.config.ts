import type { NextConfig } from "next";

export default {
  // The server in lib/web sets headers, validators and compression for every answer.
  poweredByHeader: false,
  compress: false,
  generateEtags: false,
  // `npm test` checks the types; a start need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Titles and descriptions stand in the head of the first bytes for everybody, as there is no script to move them.
  htmlLimitedBots: /.*/,
  devIndicators: false,
} satisfies NextConfig;
