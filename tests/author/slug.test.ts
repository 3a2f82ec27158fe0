import { expect, test } from "vitest";
import { slugOf } from "#lib/content/author/slug.ts";

test.each([
  ["Störung der Größe", "storung-der-grosse"],
  ["Ærø’s ferry", "aero-s-ferry"],
  ["サービス障害", "sabisuzhanghai"],
  ["Сбой входа", "sboy-vkhoda"],
  ["خطأ في الخدمة", "kht-fy-lkhdmh"],
  ["🔥 down", "fire-down"],
  ["???", ""],
])("%s is %s", (title, slug) => {
  expect(slugOf(title)).toBe(slug);
});
